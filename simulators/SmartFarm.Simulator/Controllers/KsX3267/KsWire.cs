using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Controllers.KsX3267;

/// <summary>A node of KS X 3267 on MQTT beside its native topics. Not thread-safe.</summary>
internal sealed class KsWire(NativeTopics topics, string site, string address, ControllerMachine machine)
{
    /// <summary>How often a master usually polls: remaining time and position on the way are shown no more often.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(2);

    private readonly KsNode _node = new(machine);
    private readonly string _readTopic = KsText.ReadTopic(topics, site, address);
    private NodeRegisters? _shown;
    private DateTimeOffset _shownAt;

    public string WriteTopic { get; } = KsText.WriteTopic(topics, site, address);

    /// <summary>Takes what a master wrote.</summary>
    /// <returns>Why nothing is done; null when it is.</returns>
    public string? Receive(ReadOnlySpan<byte> payload, DateTimeOffset now) =>
        KsText.Read(payload, out var fault) is { } write ? _node.Take(write, now) : fault;

    /// <summary>The registers, when they are worth a message.</summary>
    public MqttMessage? Due(DateTimeOffset now)
    {
        var registers = _node.Read(now);
        var isNews = _shown is not { } shown || shown.Control != registers.Control
            || shown.Devices.Zip(registers.Devices).Any(d => (d.First.Status, d.First.OpId) != (d.Second.Status, d.Second.OpId));
        if (!isNews && (now - _shownAt < OnTheWay || _shown!.Devices.SequenceEqual(registers.Devices)))
        {
            return null;
        }

        (_shown, _shownAt) = (registers, now);
        return new MqttMessage(_readTopic, KsText.Write(registers)) { Retain = true };
    }
}
