using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Pipeline.State;

/// <summary>The farm as it is now, put together from the zones and the command desk.</summary>
public sealed class FarmView(FarmMap map, CommandDesk desk, TimeProvider clock) : IFarmView
{
    /// <inheritdoc/>
    public IReadOnlyList<ZoneView> Zones()
    {
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return [.. map.Zones.Where(z => z.Zone is not null || z.Devices.Count > 0).Select(z => View(z, nowMs))];
    }

    private ZoneView View(ZoneState zone, long nowMs)
    {
        var climate = zone.PeekClimate(nowMs);
        return new ZoneView(
            zone.Site.Id,
            zone.Id,
            zone.Zone?.Name ?? zone.Site.Name,
            zone.Zone?.Crop,
            [.. climate.Values.Select(v => new ValueView(v.Quantity, v.Value, v.TimeMs, v.IsUsable))],
            climate.Trust,
            [.. zone.Devices.Select(d => View(d, nowMs))],
            desk.ViewOf(zone.Site.Id, zone.Id));
    }

    private static DeviceView View(DeviceEntry device, long nowMs) => new(
        device.Device.Id,
        device.LastSeenMs == 0 ? null : device.LastSeenMs,
        device.LastSeenMs != 0 && nowMs - device.LastSeenMs <= device.StaleAfterMs,
        device.IsOnline);
}
