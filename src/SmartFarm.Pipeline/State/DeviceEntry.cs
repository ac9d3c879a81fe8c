using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.State;

/// <summary>A device with its account, its series and its latest values. Guarded by the lock of its zone where not said otherwise.</summary>
public sealed class DeviceEntry
{
    /// <summary>Positions per device: each is a series in the database, and a device must not be able to make any number of them.</summary>
    internal const int MostPositions = 32;

    private readonly SeriesCatalog _catalog;
    private readonly Series _series;
    private readonly SensorSlot?[] _slots = new SensorSlot?[Quantities.All.Count];
    private readonly Dictionary<string, PositionEntry> _positions = new(StringComparer.Ordinal);
    private readonly UInt128 _allowed;
    private long _lastSeenMs;
    private volatile bool _maybeRestarted;

    internal DeviceEntry(ZoneState zone, Device device, SeriesCatalog catalog)
    {
        (Zone, Device, _catalog) = (zone, device, catalog);
        Account = $"{zone.Site.Id}/{device.Id}";
        StaleAfterMs = (long)device.StaleAfter.TotalMilliseconds;
        _series = SeriesAt(null);
        foreach (var quantity in device.Quantities)
        {
            _allowed |= UInt128.One << quantity.Index;
        }
    }

    /// <summary>Where it stands.</summary>
    public ZoneState Zone { get; }

    /// <summary>The device as configured.</summary>
    public Device Device { get; }

    /// <summary>Its account in the ledger, <c>site/device</c>.</summary>
    public string Account { get; }

    /// <summary>Age in ms after which its values are no longer used.</summary>
    public long StaleAfterMs { get; }

    /// <summary>When it was last heard of, by the steady clock, ms; 0: never. Thread-safe.</summary>
    public long LastSeenMs
    {
        get => Volatile.Read(ref _lastSeenMs);
        set => Volatile.Write(ref _lastSeenMs, value);
    }

    /// <summary>Its running numbers. Only the intake uses them.</summary>
    internal SequenceWindow Sequence;

    /// <summary>Whether it has said <c>online</c> since its last number. Thread-safe.</summary>
    public bool MaybeRestarted
    {
        get => _maybeRestarted;
        set => _maybeRestarted = value;
    }

    /// <summary>By how much its last time was ahead of our wall clock when it came, in ms; negative: behind; null: it has sent no time.</summary>
    public long? ClockAheadMs => Clock.AheadMs;

    /// <summary>How its clock stands to ours. Only the intake changes it.</summary>
    internal SenderClock Clock { get; } = new();

    /// <summary>What its status topic says; null: nothing yet.</summary>
    public bool? IsOnline { get; set; }

    /// <summary>Whether the device is configured to measure the quantity.</summary>
    public bool Measures(Quantity quantity) => _allowed == 0 || ((_allowed >> quantity.Index) & 1) == 1;

    /// <summary>The latest value of a quantity and where it is stored; false at a position beyond the bound.</summary>
    internal bool TryGetSensor(Quantity quantity, string? position, out SensorSlot slot, out Series series)
    {
        (slot, series) = (null!, _series);
        var slots = _slots;
        if (position is not null)
        {
            if (!_positions.TryGetValue(position, out var entry))
            {
                if (_positions.Count == MostPositions)
                {
                    return false;
                }

                entry = new PositionEntry(SeriesAt(position), new SensorSlot?[Quantities.All.Count]);
                _positions.Add(position, entry);
            }

            (slots, series) = (entry.Slots, entry.Series);
        }

        slot = slots[quantity.Index] ??= Zone.NewSlot(this, quantity);
        return true;
    }

    private Series SeriesAt(string? position) =>
        _catalog.Get(Schema.Telemetry, ("site", Zone.Site.Id), ("zone", Zone.Id), ("device", Device.Id), ("position", position));

    private sealed record PositionEntry(Series Series, SensorSlot?[] Slots);
}

/// <summary>The latest value of one sensor.</summary>
internal sealed class SensorSlot(long staleAfterMs)
{
    private const long ClockSlackMs = 1000;

    public long StaleAfterMs { get; } = staleAfterMs;

    /// <summary>Time of the newest value, by the steady clock, ms; never ahead of its arrival. <see cref="long.MinValue"/>: none yet.</summary>
    public long TimeMs { get; set; } = long.MinValue;

    public double Value { get; set; }

    /// <summary>Whether its flag lets it be used.</summary>
    public bool IsGood { get; set; }

    /// <summary>Good and fresh. The slack is for two threads that read the clock at nearly the same time.</summary>
    public bool IsUsable(long nowMs) => IsGood && nowMs - TimeMs <= StaleAfterMs && TimeMs <= nowMs + ClockSlackMs;
}
