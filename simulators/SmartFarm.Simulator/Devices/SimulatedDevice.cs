using System.Buffers;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Devices;

/// <summary>A sensor device: measures what it declares at its interval, with its own noise. Not thread-safe.</summary>
internal sealed class SimulatedDevice
{
    private readonly string _topic;
    private readonly (Quantity Quantity, Instrument Instrument)[] _instruments;
    private readonly Random _random;
    private readonly TimeSpan _interval;
    private DateTimeOffset _due;
    private long _seq;

    /// <param name="device">The device as its farm describes it.</param>
    /// <param name="topic">Its telemetry topic.</param>
    /// <param name="isOutside">Whether it stands in the weather.</param>
    /// <param name="seed">Seed of its noise and of its phase: devices do not speak all at once.</param>
    /// <param name="start">When it is switched on.</param>
    public SimulatedDevice(Device device, string topic, bool isOutside, int seed, DateTimeOffset start)
    {
        (_topic, _interval, _random) = (topic, device.Interval, new Random(seed));
        var quantities = device.Quantities.Count > 0 ? device.Quantities : Instruments.Usual(isOutside);
        _instruments = [.. quantities.Select(q => (q, Instruments.For(q)!)).Where(i => i.Item2 is not null)];
        NotSimulated = [.. quantities.Where(q => Instruments.For(q) is null)];
        _due = start + (_random.NextDouble() * _interval);
    }

    /// <summary>What it declares and this simulation has nothing of.</summary>
    public IReadOnlyList<Quantity> NotSimulated { get; }

    /// <summary>Its next message when it is time for one. Intervals missed by a slow clock are left out, not made up for.</summary>
    public MqttMessage? Tick(in Scene scene, DateTimeOffset now)
    {
        if (now < _due)
        {
            return null;
        }

        _due += _interval * (Math.Floor((now - _due) / _interval) + 1);
        var values = new List<KeyValuePair<Quantity, double>>(_instruments.Length);
        foreach (var (quantity, instrument) in _instruments)
        {
            values.Add(KeyValuePair.Create(quantity, Instruments.Show(instrument, scene, _random)));
        }

        var payload = new ArrayBufferWriter<byte>(256);
        NativeTelemetry.Write(payload, now, ++_seq, position: null, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        return values.Count == 0 ? null : new MqttMessage(_topic, payload.WrittenMemory);
    }
}
