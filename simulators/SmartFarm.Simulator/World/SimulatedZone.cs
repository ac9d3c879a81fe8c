using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.World;

/// <summary>A house that lives in world time. Not thread-safe.</summary>
internal sealed class SimulatedZone(HouseModel model, IWeather weather, DateTimeOffset start, double areaM2 = SimulatedZone.UsualAreaM2)
{
    /// <summary>Floor of a house whose farm does not say.</summary>
    public const double UsualAreaM2 = 1000;

    /// <summary>After a longer pause (a computer that slept) the time before is left out: by then the house has forgotten it.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(2);

    private House _house = new(model, weather, start, model.Start(20, 70));

    /// <summary>The house, whose state may be changed: a fault may empty its tank.</summary>
    public House House => _house;

    public ref HouseState State => ref _house.State;

    /// <summary>What an instrument in the house can see.</summary>
    public Scene Scene => Scene.Of(_house, areaM2);

    public void Advance(DateTimeOffset time, in HouseControls controls)
    {
        if (time - _house.Time > LongestCatchUp)
        {
            _house = new House(model, weather, time - LongestCatchUp, _house.State);
        }

        _house.Advance(time, controls);
    }
}
