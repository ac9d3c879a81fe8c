using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Simulator.Cli;

/// <summary>A farm of a few nodes: those of a farm that are named, or one device and one controller made up.</summary>
internal static class SmallFarm
{
    /// <summary>One device that measures the climate of a house, and one controller with a vent, a heater and a valve.</summary>
    public static Farm MadeUp(TimeSpan interval)
    {
        var device = new Device(
            "climate-1", "climate-1", NativeFormat.FormatName, interval, interval * 3, [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2]);
        var none = TimeSpan.Zero;
        var controller = new Controller("ctrl-1", "ctrl-1", NativeFormat.FormatName,
        [
            new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(180), none, none, null),
            new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, none, none, none, TimeSpan.FromHours(6)),
            new Actuator("irrigation", ActuatorKind.Switch, null, 0, 1, 0, 0, none, none, none, TimeSpan.FromMinutes(30)),
        ]);
        var zone = new Zone("house-1", "House 1", Crop: null, AreaM2: null, [device], [controller]);
        return new Farm("hand", [new Site("hand", "By hand", Latitude: null, Longitude: null, AltitudeM: null, "UTC", [], [zone])]);
    }

    /// <summary>The farm with the named nodes only.</summary>
    /// <exception cref="SimulatorException">A node is not there.</exception>
    public static Farm Only(Farm farm, IReadOnlyList<string> nodes)
    {
        var known = farm.Sites.SelectMany(site => site.Devices.Concat(site.Zones.SelectMany(z => z.Devices)).Select(d => d.Id).Concat(site.Zones.SelectMany(z => z.Controllers).Select(c => c.Id)));
        if (nodes.FirstOrDefault(node => !known.Contains(node)) is { } missing)
        {
            throw new SimulatorException($"--node is '{missing}', which is not there; {Configuration.Values.Suggestion.For(missing, [.. known])}");
        }

        return farm with
        {
            Sites = [.. farm.Sites.Select(site => site with
            {
                Devices = [.. site.Devices.Where(d => nodes.Contains(d.Id))],
                Zones = [.. site.Zones.Select(zone => zone with
                {
                    Devices = [.. zone.Devices.Where(d => nodes.Contains(d.Id))],
                    Controllers = [.. zone.Controllers.Where(c => nodes.Contains(c.Id))],
                })],
            })],
        };
    }
}
