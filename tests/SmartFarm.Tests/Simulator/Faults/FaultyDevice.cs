using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.World;

namespace SmartFarm.Tests.Simulator.Faults;

/// <summary>A device with faults that measures every ten seconds, from <see cref="Start"/> on, in a house that does not change.</summary>
internal static class FaultyDevice
{
    public static readonly DateTimeOffset Start = new(2026, 7, 15, 8, 0, 0, TimeSpan.Zero);

    public static readonly Quantity[] Measured = [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2];

    public static readonly Scene Inside = new(new Outside(30, 30, 700, 3, 90, 0, 990, 420), HouseState.Of(24, 65) with { SolarRadiation = 420 });

    private static readonly Device Device = new("climate-1", "climate-1", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), Measured);

    /// <summary>A fault from the second minute to the end of the sixth, unless told otherwise.</summary>
    public static FaultSpec Fault(string kind, params (string Name, string Value)[] parameters) => new()
    {
        Kind = kind,
        Site = "s",
        Device = "climate-1",
        Window = new FaultWindow(Start.AddMinutes(2), Start.AddMinutes(6)),
        Seed = 3,
        Parameters = parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
    };

    public static SimulatedDevice Create(params FaultSpec[] faults) => new(Device, isOutside: false, seed: 1, Start, new NodeFaults(faults, seed: 1), speed: 1);

    /// <summary>What it reports in so many minutes.</summary>
    public static List<Report> Run(double minutes, Func<DateTimeOffset, Scene> scene, params FaultSpec[] faults)
    {
        var device = Create(faults);
        var reports = new List<Report>();
        for (var now = Start; now < Start.AddMinutes(minutes); now = now.AddSeconds(1))
        {
            if (device.Tick(scene(now), now) is { } report)
            {
                reports.Add(report);
            }
        }

        return reports;
    }

    /// <summary>What it reports in eight minutes in a house that does not change.</summary>
    public static List<Report> Run(params FaultSpec[] faults) => Run(8, _ => Inside, faults);

    public static double Of(this Report report, Quantity quantity) => report.Values.Single(v => v.Key == quantity).Value;

    /// <summary>Faulty less healthy, of the reports within the window of a fault.</summary>
    public static List<double> Errors(Quantity quantity, FaultSpec fault)
    {
        var pairs = Run().Zip(Run(fault)).Where(pair => fault.Window.IsOpen(pair.First.Time)).ToList();
        return [.. pairs.Select(pair => pair.Second.Of(quantity) - pair.First.Of(quantity))];
    }
}
