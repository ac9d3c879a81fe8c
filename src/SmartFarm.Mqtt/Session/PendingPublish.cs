using System.Text;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>A message to be published, from the call until it is sent (QoS 0) or acknowledged (QoS 1).</summary>
internal sealed class PendingPublish(MqttMessage message, TimeProvider time)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _start = time.GetTimestamp();
    private readonly byte[] _topic = Encoding.UTF8.GetBytes(message.Topic);

    public MqttMessage Message { get; } = message;

    public Task Task => _done.Task;

    /// <summary>Place in the order of first sending.</summary>
    public long Order { get; set; }

    /// <summary>Packet identifier; 0 while it has none.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Whether it was ever sent: then a broker may have it.</summary>
    public bool WasSent { get; set; }

    /// <summary>Whether the broker's session that we are in may have it already.</summary>
    public bool IsDuplicate { get; set; }

    public TimeSpan? Remaining => Message.Expiry - time.GetElapsedTime(_start);

    public bool IsExpired => Remaining <= TimeSpan.Zero;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception exception) => _done.TrySetException(exception);

    public void FailExpired() => Fail(new MqttPublishException(
        WasSent
            ? $"The message to {Message.Topic} was sent but expired before the broker had acknowledged it: the broker may have it."
            : $"The message to {Message.Topic} expired before it could be sent to the broker.",
        0));

    public void Cancel(CancellationToken cancellationToken) => _done.TrySetCanceled(cancellationToken);

    public PublishPacket ToPacket(PropertyBuffer properties)
    {
        properties.Clear();
        if (Remaining is { } remaining)
        {
            properties.Add(PropertyId.MessageExpiryInterval, (uint)Math.Min(uint.MaxValue, Math.Ceiling(remaining.TotalSeconds)));
        }

        if (Message.ResponseTopic is { } responseTopic)
        {
            properties.Add(PropertyId.ResponseTopic, responseTopic);
        }

        if (!Message.CorrelationData.IsEmpty)
        {
            properties.Add(PropertyId.CorrelationData, Message.CorrelationData.Span);
        }

        return new PublishPacket
        {
            Duplicate = IsDuplicate,
            Qos = Message.Qos,
            Retain = Message.Retain,
            Topic = _topic,
            PacketId = PacketId,
            Properties = properties.Properties,
            Payload = Message.Payload.Span,
        };
    }
}
