using BenchmarkDotNet.Attributes;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Generated;

namespace SmartFarm.Benchmarks.Greenhouse;

/// <summary>The extended house under the made weather of Turkestan.</summary>
[MemoryDiagnoser]
public class HouseBenchmark
{
    private const int Houses = 1000;
    private static readonly DateTimeOffset Start = new(2026, 4, 15, 0, 0, 0, TimeSpan.FromHours(5));
    private static readonly HouseControls Controls = new() { RoofVentLee = 0.3, Heating = 0.2, Fog = 0.2, Irrigation = 0.05, EnergyScreen = 0.3, CirculationFan = 1 };

    private readonly HouseModel _model = new(HouseParameters.DoubleFilm);
    private readonly GeneratedWeather _weather = new(Place.Turkestan, seed: 1);
    private readonly House[] _houses = new House[Houses];
    private House _house = null!;
    private DateTimeOffset _time;

    [GlobalSetup]
    public void Setup()
    {
        _time = Start;
        _house = NewHouse();
        for (var i = 0; i < Houses; i++)
        {
            _houses[i] = NewHouse();
        }
    }

    /// <summary>One house, one step of 10 s. 50 µs would be 200,000 times real time.</summary>
    [Benchmark]
    public void Step_of_10_seconds() => _house.Advance(_house.Time.AddSeconds(10), Controls);

    /// <summary>A thousand houses, a minute each, on two cores: once a second is 60 times real time.</summary>
    [Benchmark]
    public void A_minute_of_a_thousand_houses()
    {
        _time = _time.AddMinutes(1);
        Parallel.For(0, Houses, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => _houses[i].Advance(_time, Controls));
    }

    private House NewHouse() => new(_model, _weather, Start, _model.Start(20, 70));
}
