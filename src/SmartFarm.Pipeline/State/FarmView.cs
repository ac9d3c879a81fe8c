using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Pipeline.State;

/// <summary>The farm as it is now, put together from the zones and the command desk.</summary>
public sealed class FarmView(FarmMap map, CommandDesk desk, SteadyClock clock) : IFarmView
{
    /// <inheritdoc/>
    public IReadOnlyList<ZoneView> Zones()
    {
        var now = clock.Now();
        return [.. map.Zones.Where(z => z.Zone is not null || z.Devices.Count > 0).Select(z => View(z, now))];
    }

    private ZoneView View(ZoneState zone, Moment now)
    {
        var climate = zone.PeekClimate(now.SteadyMs);
        return new ZoneView(
            zone.Site.Id,
            zone.Id,
            zone.Zone?.Name ?? zone.Site.Name,
            zone.Zone?.Crop,
            [.. climate.Values.Select(v => new ValueView(v.Quantity, v.Value, now.ToWallMs(v.TimeMs), v.IsUsable))],
            climate.Trust,
            [.. zone.Devices.Select(d => View(d, now))],
            desk.ViewOf(zone.Site.Id, zone.Id));
    }

    private static DeviceView View(DeviceEntry device, Moment now) => new(
        device.Device.Id,
        device.LastSeenMs == 0 ? null : now.ToWallMs(device.LastSeenMs),
        device.LastSeenMs != 0 && now.SteadyMs - device.LastSeenMs <= device.StaleAfterMs,
        device.IsOnline);
}
