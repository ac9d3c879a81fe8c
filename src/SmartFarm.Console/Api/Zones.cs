using SmartFarm.Pipeline.State;

namespace SmartFarm.Console.Api;

internal sealed record ZonesDto(DateTimeOffset Time, IReadOnlyList<ZoneDto> Zones);

/// <summary>A zone now: status is a <see cref="ZoneStatus"/>, trust is from 0 to 1.</summary>
internal sealed record ZoneDto(
    string Site,
    string Zone,
    string Name,
    string? Crop,
    string Status,
    double? Trust,
    IReadOnlyList<ValueDto> Values,
    IReadOnlyList<DeviceDto> Devices)
{
    public static ZoneDto Of(ZoneView zone) => new(
        zone.Site,
        zone.Zone,
        zone.Name,
        zone.Crop,
        Codes.Of(StatusOf(zone)),
        Numbers.Finite(zone.Trust),
        [.. zone.Values.Select(ValueDto.Of)],
        [.. zone.Devices.Select(DeviceDto.Of)]);

    internal static ZoneStatus StatusOf(ZoneView zone)
    {
        if (zone.Values.Count == 0)
        {
            return zone.Devices.Count == 0 ? ZoneStatus.NoSensors : zone.Devices.All(d => d.LastSeenMs is null) ? ZoneStatus.Waiting : ZoneStatus.Stale;
        }

        if (!zone.Values.Any(v => v.IsFresh))
        {
            return ZoneStatus.Stale;
        }

        return zone.Values.All(v => v.IsFresh) && zone.Devices.All(d => d.IsFresh && d.IsOnline is not false) ? ZoneStatus.Good : ZoneStatus.Partial;
    }
}

/// <summary>How far the values of a zone can be relied on now.</summary>
internal enum ZoneStatus
{
    /// <summary>Every value is fresh and every device is heard.</summary>
    Good,

    /// <summary>Some value is stale, or some device is silent or offline.</summary>
    Partial,

    /// <summary>Nothing is fresh.</summary>
    Stale,

    /// <summary>No device has been heard yet.</summary>
    Waiting,

    /// <summary>The zone has no device.</summary>
    NoSensors,
}

internal sealed record ValueDto(string Quantity, string Title, double? Value, string Unit, DateTimeOffset Time, bool Fresh)
{
    public static ValueDto Of(ValueView value) => new(
        value.Quantity.Name,
        value.Quantity.Title,
        Numbers.Finite(value.Value),
        value.Quantity.Unit.Symbol,
        DateTimeOffset.FromUnixTimeMilliseconds(value.TimeMs),
        value.IsFresh);
}

internal sealed record DeviceDto(string Id, DateTimeOffset? LastSeen, bool Fresh, bool? Online)
{
    public static DeviceDto Of(DeviceView device) => new(device.Id, Numbers.Time(device.LastSeenMs), device.IsFresh, device.IsOnline);
}
