using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.World;

/// <summary>A house that lives in world time. Not thread-safe.</summary>
internal sealed class SimulatedZone(HouseModel model, IWeather weather, DateTimeOffset start)
{
    /// <summary>The house follows the day well in steps of up to this.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(60);

    /// <summary>After a longer pause (a computer that slept) the time before is left out: by then the house has forgotten it.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(2);

    private DateTimeOffset _time = start;
    private HouseState _state = HouseState.Of(20, 70);

    public ref readonly HouseState State => ref _state;

    /// <summary>What an instrument in the house can see.</summary>
    public Scene Scene => new(weather.At(_time), _state, model.Parameters.CoverTransmission);

    public void Advance(DateTimeOffset time, in HouseControls controls)
    {
        if (time - _time > LongestCatchUp)
        {
            _time = time - LongestCatchUp;
        }

        while (_time < time)
        {
            var step = time - _time < LongestStep ? time - _time : LongestStep;
            model.Step(ref _state, weather.At(_time), controls, step.TotalSeconds);
            _time += step;
        }
    }
}
