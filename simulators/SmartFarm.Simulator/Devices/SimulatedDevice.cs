using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Devices;

/// <summary>A sensor device: measures what it declares at its interval, with its own noise and faults. Not thread-safe.</summary>
internal sealed class SimulatedDevice
{
    private readonly Sensor[] _sensors;
    private readonly TimeSpan _interval;
    private readonly NodeLife _life;
    private DateTimeOffset _due;
    private long _seq;

    /// <param name="device">The device as its farm describes it.</param>
    /// <param name="isOutside">Whether it stands in the weather.</param>
    /// <param name="seed">Seed of its noise and of its phase: devices do not speak all at once.</param>
    /// <param name="start">When it is switched on.</param>
    /// <param name="faults">What goes wrong with it.</param>
    /// <param name="speed">Seconds of the world per second.</param>
    public SimulatedDevice(Device device, bool isOutside, int seed, DateTimeOffset start, NodeFaults faults, double speed)
    {
        var random = new Random(seed);
        var quantities = device.Quantities.Count > 0 ? device.Quantities : Instruments.Usual(isOutside);
        _sensors = [.. quantities
            .Select(quantity => (Quantity: quantity, Instrument: Instruments.For(quantity)))
            .Where(pair => pair.Instrument is not null)
            .Select(pair => new Sensor(pair.Quantity, pair.Instrument!, faults.OfSensor(pair.Quantity), random, start, speed))];
        NotSimulated = [.. quantities.Where(quantity => Instruments.For(quantity) is null)];
        (_interval, _life) = (device.Interval, new NodeLife(faults.OfNode()));
        _due = start + (random.NextDouble() * _interval);
    }

    /// <summary>What it declares and this simulation has nothing of.</summary>
    public IReadOnlyList<Quantity> NotSimulated { get; }

    /// <summary>What it lives on; as of the last <see cref="Tick"/>.</summary>
    public NodeLife Life => _life;

    /// <summary>Its next report when it is time for one. Intervals missed by a slow clock or without power are left out, not made up for.</summary>
    public Report? Tick(in Scene scene, DateTimeOffset now)
    {
        if (_life.Advance(now) == PowerChange.Back)
        {
            _seq = 0;
        }

        if (now < _due)
        {
            return null;
        }

        _due += _interval * (Math.Floor((now - _due) / _interval) + 1);
        if (!_life.Condition.HasPower || _sensors.Length == 0)
        {
            return null;
        }

        var values = new KeyValuePair<Quantity, double>[_sensors.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = KeyValuePair.Create(_sensors[i].Quantity, _sensors[i].Read(scene, now));
        }

        return Say(values, now);
    }

    /// <summary>A report of values given by hand, with its own clock and its next number.</summary>
    public Report Say(IReadOnlyList<KeyValuePair<Quantity, double>> values, DateTimeOffset now) => new(now + _life.Condition.ClockError, ++_seq, values);
}
