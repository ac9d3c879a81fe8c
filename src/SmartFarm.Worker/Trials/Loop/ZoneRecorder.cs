using SmartFarm.Agronomy;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Simulator.InMemory;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>Looks at a house after every step, as it really is.</summary>
internal sealed class ZoneRecorder
{
    /// <summary>The sun is up above this, W/m².</summary>
    private const double DayLight = 10;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private static readonly (string Name, Func<MemoryZone, double> Value)[] Looks =
    [
        ("outside °C", z => z.Outside.TemperatureC),
        ("sun W/m²", z => z.Outside.SolarRadiation),
        ("wind m/s", z => z.Outside.WindSpeed),
        ("air °C", z => z.State.TemperatureC),
        ("humidity %", z => z.State.RelativeHumidityPercent),
        ("VPD kPa", Vpd),
        ("CO₂ ppm", z => z.State.Co2Ppm),
        ("moisture %", z => z.State.SoilMoisturePercent),
    ];

    private readonly MemoryZone _zone;
    private readonly ClimateTally[] _climate;
    private readonly ActuatorTally[] _actuators;
    private readonly HouseMeters _begin;
    private readonly LoopSeries _series;
    private readonly ZoneFeed? _referee;
    private DateTimeOffset _next;

    /// <param name="zone">The house.</param>
    /// <param name="bands">Bands that hold where no others are declared.</param>
    /// <param name="referee">Rules that declare bands; null: none do.</param>
    /// <param name="start">When it begins.</param>
    public ZoneRecorder(MemoryZone zone, IReadOnlyList<Band> bands, ZoneFeed? referee, DateTimeOffset start)
    {
        (_zone, _begin, _referee, _next) = (zone, zone.State.Meters, referee, start + Every);
        _climate = [.. bands.Select(band => new ClimateTally(band))];
        _actuators = [.. zone.Actuators.Select(actuator => new ActuatorTally(actuator))];
        string[] columns = [.. Looks.Select(look => look.Name), .. zone.Actuators.Select(a => a.Unit is { } unit ? $"{a.Id} {unit}" : a.Id)];
        _series = new LoopSeries(start + Every, Every, columns, [.. columns.Select(_ => new List<double>())]);
    }

    public void Look(DateTimeOffset now, double seconds)
    {
        var isDay = _zone.Outside.SolarRadiation > DayLight;
        foreach (var tally in _climate)
        {
            tally.Add(ValueOf(tally.Band.Quantity), _referee?.BandOf(tally.Band.Quantity) ?? tally.Band.At(isDay), seconds);
        }

        for (var i = 0; i < _actuators.Length; i++)
        {
            _actuators[i].Add(_zone.Positions[i], seconds);
        }

        if (now >= _next)
        {
            _next += Every;
            for (var i = 0; i < _series.Columns.Count; i++)
            {
                _series.Values[i].Add(i < Looks.Length ? Looks[i].Value(_zone) : _zone.Positions[i - Looks.Length]);
            }
        }
    }

    public ZoneResult Result(LoopZone rules, Promises promises) =>
        new(_zone.Zone, _climate, _actuators, _zone.State.Meters.Since(_begin), rules.Desk.Commands, rules.Alarms, promises.Breaches, _series);

    private double ValueOf(Quantity quantity) => quantity == Quantities.Vpd ? Vpd(_zone) : _zone.TrueValue(quantity);

    private static double Vpd(MemoryZone zone) => Psychrometrics.Vpd(zone.State.TemperatureC, Math.Clamp(zone.State.RelativeHumidityPercent, 0, 100));
}
