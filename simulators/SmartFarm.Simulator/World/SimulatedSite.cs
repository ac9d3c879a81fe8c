using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults.Houses;
using SmartFarm.Simulator.Scenarios.Expectations;

namespace SmartFarm.Simulator.World;

/// <summary>A house with what stands in it.</summary>
internal sealed record ZoneNodes(
    string Id, SimulatedZone Zone, IReadOnlyList<SimulatedController> Controllers, IReadOnlyList<DeviceNode> Devices, IReadOnlyList<HouseFault> Faults);

/// <summary>A site: one weather over several houses. <see cref="Tick"/> is called by one thread at a time.</summary>
internal sealed class SimulatedSite(IWeather weather, WorldClock clock, IReadOnlyList<DeviceNode> devices, IReadOnlyList<ZoneNodes> zones)
{
    /// <summary>A place with the climate of Turkestan, moved to where the site lies.</summary>
    public static Place PlaceOf(Site site) => Place.Turkestan with
    {
        Latitude = site.Latitude ?? Place.Turkestan.Latitude,
        Longitude = site.Longitude ?? Place.Turkestan.Longitude,
        AltitudeM = site.AltitudeM ?? Place.Turkestan.AltitudeM,
    };

    /// <summary>No two houses are alike: the light and the gaps of their covers differ by up to a tenth.</summary>
    public static HouseModel HouseOf(HouseParameters usual, Random random)
    {
        var cover = usual.Cover with
        {
            Leakage = usual.Cover.Leakage * Tenth(random),
            ParTransmission = Math.Min(usual.Cover.ParTransmission * Tenth(random), 1 - usual.Cover.ParReflection),
            NirTransmission = Math.Min(usual.Cover.NirTransmission * Tenth(random), 1 - usual.Cover.NirReflection),
        };
        return new HouseModel(usual with { Cover = cover });
    }

    /// <summary>Moves motors, then houses, then lets the devices measure.</summary>
    public void Tick(DateTimeOffset now)
    {
        var worldTime = clock.At(now);
        foreach (var zone in zones)
        {
            var positions = zone.Controllers.SelectMany(controller => controller.Tick(now));
            zone.Zone.Advance(worldTime, HouseFault.At(zone.Faults, ActuatorEffects.Controls(positions), now));
            Measure(zone.Devices, zone.Zone.Scene, now);
        }

        Measure(devices, new Scene(weather.At(worldTime), House: null), now);
    }

    /// <summary>The houses as they really are.</summary>
    public IEnumerable<ZoneTruth> Look() =>
        zones.Select(zone => new ZoneTruth(
            zone.Id,
            zone.Zone.Scene,
            [.. zone.Controllers.SelectMany(controller => controller.Positions)],
            [.. zone.Controllers.SelectMany(controller => controller.TakeActs())]));

    private static void Measure(IReadOnlyList<DeviceNode> nodes, in Scene scene, DateTimeOffset now)
    {
        foreach (var node in nodes)
        {
            node.Tick(scene, now);
        }
    }

    private static double Tenth(Random random) => 0.9 + (0.2 * random.NextDouble());
}
