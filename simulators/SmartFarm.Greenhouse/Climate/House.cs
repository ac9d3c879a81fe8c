using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>A house that lives under a weather, in memory: the face for what-if runs. Not thread-safe; each house has its own state.</summary>
/// <param name="model">How it is built.</param>
/// <param name="weather">The weather over it.</param>
/// <param name="time">Where its life begins.</param>
/// <param name="state">Its state then.</param>
public sealed class House(HouseModel model, IWeather weather, DateTimeOffset time, in HouseState state)
{
    /// <summary>The weather is held for this long.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);

    private HouseState _state = state;
    private HouseFluxes _fluxes;

    /// <summary>How it is built.</summary>
    public HouseModel Model => model;

    /// <summary>How far it has lived.</summary>
    public DateTimeOffset Time { get; private set; } = time;

    /// <summary>Its state at <see cref="Time"/>, which may be changed.</summary>
    public ref HouseState State => ref _state;

    /// <summary>What flowed in the last step.</summary>
    public ref readonly HouseFluxes Fluxes => ref _fluxes;

    /// <summary>The weather at <see cref="Time"/>.</summary>
    public Outside Outside => weather.At(Time);

    /// <summary>A house like this one in the same state, that lives on by itself.</summary>
    public House Clone() => new(model, weather, Time, _state);

    /// <summary>Lives on until a time with the actuators held where they are. A time that has passed changes nothing.</summary>
    public void Advance(DateTimeOffset to, in HouseControls controls)
    {
        while (Time < to)
        {
            var step = to - Time < LongestStep ? to - Time : LongestStep;
            model.Step(ref _state, weather.At(Time), controls, step.TotalSeconds, out _fluxes);
            Time += step;
        }
    }
}
