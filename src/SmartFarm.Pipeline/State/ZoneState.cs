using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.State;

/// <summary>The live state of a zone: its sensors' latest values, and the climate they vote for. Thread-safe.</summary>
public sealed class ZoneState
{
    /// <summary>Least time between two stored rows of climate, in ms.</summary>
    public const long ClimateStepMs = 10_000;

    private readonly Lock _lock = new();
    private readonly SeriesCatalog _catalog;
    private readonly List<DeviceEntry> _devices = [];
    private readonly List<SensorSlot>?[] _slots = new List<SensorSlot>?[Quantities.All.Count];
    private readonly ClimateValue[] _voted = new ClimateValue[Quantities.All.Count];
    private UInt128 _changed;
    private long _newestMs = long.MinValue;
    private long _formedMs = long.MinValue;
    private int _isQueued;

    internal ZoneState(Site site, Zone? zone, SeriesCatalog catalog)
    {
        (Site, Zone, _catalog) = (site, zone, catalog);
        Id = zone?.Id ?? Schema.SiteZone;
        ClimateSeries = catalog.Get(Schema.Climate, ("site", site.Id), ("zone", Id));
    }

    /// <summary>Its site.</summary>
    public Site Site { get; }

    /// <summary>The zone as configured; null for the devices of the whole site.</summary>
    public Zone? Zone { get; }

    /// <summary>Its name; <see cref="Schema.SiteZone"/> for the devices of the whole site.</summary>
    public string Id { get; }

    /// <summary>Where its climate is stored.</summary>
    public Series ClimateSeries { get; }

    /// <summary>Its devices, in the order of <c>farm.yaml</c>.</summary>
    public IReadOnlyList<DeviceEntry> Devices => _devices;

    /// <summary>Takes a reading into the current state.</summary>
    /// <param name="device">The device.</param>
    /// <param name="quantity">What.</param>
    /// <param name="position">Where, or null.</param>
    /// <param name="value">Canonical value; NaN when missing.</param>
    /// <param name="flag">Its flag.</param>
    /// <param name="timeMs">Its time, by the steady clock.</param>
    /// <param name="nowMs">Now, by the steady clock.</param>
    /// <param name="series">Where it is to be stored.</param>
    public Offered Offer(DeviceEntry device, Quantity quantity, string? position, double value, Flag flag, long timeMs, long nowMs, out Series series)
    {
        timeMs = Math.Min(timeMs, nowMs);
        lock (_lock)
        {
            if (!device.TryGetSensor(quantity, position, out var slot, out series))
            {
                return Offered.TooManyPositions;
            }

            if (timeMs < slot.TimeMs)
            {
                return Offered.Late;
            }

            _changed |= ClimateVote.Bit(quantity);
            slot.TimeMs = timeMs;
            slot.IsGood = flag is Flag.Good or Flag.NotEvaluated;
            if (double.IsFinite(value))
            {
                slot.Value = value;
            }

            _newestMs = Math.Max(_newestMs, timeMs);
            return Offered.Current;
        }
    }

    /// <summary>
    /// Forms the climate that is stored, by the time of the readings and at most once in <see cref="ClimateStepMs"/> of it, so that a replay
    /// gives the history that live data would have given. Null when it is not yet time; the time is by the steady clock.
    /// </summary>
    public ZoneClimate? FormHistory(out long timeMs)
    {
        lock (_lock)
        {
            timeMs = _newestMs;
            if (_newestMs == long.MinValue || (_formedMs != long.MinValue && _newestMs - _formedMs < ClimateStepMs))
            {
                return null;
            }

            _formedMs = _newestMs;
            return Form(_newestMs);
        }
    }

    /// <summary>The climate as of a moment of the steady clock.</summary>
    public ZoneClimate PeekClimate(long nowMs)
    {
        lock (_lock)
        {
            return Form(nowMs);
        }
    }

    /// <summary>Some quantities of the climate as of a moment of the steady clock, and perhaps others that they are derived from. Allocates nothing.</summary>
    /// <param name="wanted">Which quantities, by bit.</param>
    /// <param name="nowMs">Now, by the steady clock.</param>
    /// <param name="values">Gets the values in the order of the quantity table; has room for every quantity.</param>
    /// <returns>How many there are.</returns>
    internal int Peek(UInt128 wanted, long nowMs, Span<ClimateValue> values)
    {
        lock (_lock)
        {
            return ClimateVote.Form(_slots, ClimateVote.WithSources(wanted), nowMs, values);
        }
    }

    /// <summary>
    /// The climate of those quantities that have had a reading since the last call, and of what is derived from them: what the rules have to be told.
    /// Allocates nothing.
    /// </summary>
    /// <param name="nowMs">Now, by the steady clock.</param>
    /// <param name="values">Gets the values in the order of the quantity table; has room for every quantity.</param>
    /// <returns>How many there are.</returns>
    public int TakeChanged(long nowMs, Span<ClimateValue> values)
    {
        lock (_lock)
        {
            var changed = _changed;
            _changed = 0;
            return ClimateVote.Form(_slots, changed, nowMs, values);
        }
    }

    /// <summary>Makes every quantity be told anew: to rules that have not seen it.</summary>
    internal void TouchAll()
    {
        lock (_lock)
        {
            _changed = UInt128.MaxValue;
        }
    }

    /// <summary>Share of the sensors that can be relied on at a moment of the steady clock, 0..1; 0 when there are none.</summary>
    internal double TrustAt(long nowMs)
    {
        lock (_lock)
        {
            return ClimateVote.Trust(_slots, nowMs);
        }
    }

    /// <summary>How many sensors there are, how many of them cannot be relied on, and the time of the newest good value by the steady clock, null before the first.</summary>
    internal (int Count, int Bad, long? NewestMs) Sensors(long nowMs)
    {
        lock (_lock)
        {
            return ClimateVote.Count(_slots, nowMs);
        }
    }

    /// <summary>Adds the newest value of every sensor of a quantity, each always at the same place of the list; what never had one is not usable.</summary>
    internal void PeekSensors(Quantity quantity, long nowMs, List<ClimateValue> values)
    {
        lock (_lock)
        {
            foreach (var slot in _slots[quantity.Index] ?? [])
            {
                values.Add(new ClimateValue(quantity, slot.Value, slot.TimeMs, slot.IsUsable(nowMs), slot.StaleAfterMs));
            }
        }
    }

    /// <summary>The newest value of one device, at no position in particular; null before the first.</summary>
    internal ClimateValue? PeekDevice(DeviceEntry device, Quantity quantity, long nowMs)
    {
        lock (_lock)
        {
            return device.TryGetSensor(quantity, null, out var slot, out _) && slot.TimeMs != long.MinValue
                ? new ClimateValue(quantity, slot.Value, slot.TimeMs, slot.IsUsable(nowMs), slot.StaleAfterMs)
                : null;
        }
    }

    /// <summary>Where the flags of a reading are stored.</summary>
    public Series QualitySeries(DeviceEntry device, Quantity quantity, string check) =>
        _catalog.Get(Schema.Quality, ("site", Site.Id), ("zone", Id), ("device", device.Device.Id), ("quantity", quantity.Name), ("check", check));

    /// <summary>Marks the zone as queued; false when it is already.</summary>
    internal bool TryQueue() => Volatile.Read(ref _isQueued) == 0 && Interlocked.Exchange(ref _isQueued, 1) == 0;

    /// <summary>Marks the zone as taken from the queue: before its state is looked at, so that no later change is missed.</summary>
    internal void Unqueue() => Interlocked.Exchange(ref _isQueued, 0);

    private ZoneClimate Form(long nowMs)
    {
        var count = ClimateVote.Form(_slots, UInt128.MaxValue, nowMs, _voted);
        return new ZoneClimate(_voted[..count], ClimateVote.Trust(_slots, nowMs));
    }

    internal DeviceEntry Add(Device device)
    {
        var entry = new DeviceEntry(this, device, _catalog);
        _devices.Add(entry);
        foreach (var quantity in device.Quantities)
        {
            entry.TryGetSensor(quantity, null, out _, out _);
        }

        return entry;
    }

    internal SensorSlot NewSlot(DeviceEntry device, Quantity quantity)
    {
        var slot = new SensorSlot(device.StaleAfterMs);
        (_slots[quantity.Index] ??= []).Add(slot);
        return slot;
    }
}

/// <summary>What became of a reading that was offered to a zone.</summary>
public enum Offered
{
    /// <summary>It is the newest of its sensor.</summary>
    Current,

    /// <summary>A newer one of the same sensor is known: it is to be stored, and nothing moves back.</summary>
    Late,

    /// <summary>Its device has named too many positions already; nothing was changed.</summary>
    TooManyPositions,
}
