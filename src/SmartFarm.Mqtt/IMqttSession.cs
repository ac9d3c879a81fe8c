namespace SmartFarm.Mqtt;

/// <summary>
/// One lasting conversation with a broker: connects, reconnects with jittered back-off, subscribes again, and keeps promises across
/// connections. The only thing of this library that others need to see. All members are thread-safe.
/// </summary>
public interface IMqttSession : IAsyncDisposable
{
    /// <summary>What the session is doing now.</summary>
    MqttSessionStatus Status { get; }

    /// <summary>Raised after every change of <see cref="Status"/>, in order, never concurrently. Listeners must not block.</summary>
    event Action<MqttSessionStatus>? StatusChanged;

    /// <summary>Starts connecting and returns at once. The session then goes on until stopped, or until the broker refuses it for good.</summary>
    void Start();

    /// <summary>Completes when the session is connected and every subscription is granted.</summary>
    /// <exception cref="MqttSessionException">The broker refused the session or a subscription for good.</exception>
    Task WhenReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Publishes. At QoS 0 completes when the bytes are on their way; at QoS 1 when the broker has acknowledged, re-sending after a
    /// reconnect as often as it takes. Waits while the broker's Receive Maximum is used up. A message whose expiry passes while
    /// unsent is not sent, and one that was sent is not sent again. Cancelled after it was sent, it may still arrive, but is not sent again.
    /// </summary>
    /// <exception cref="MqttPublishException">
    /// The broker answered with a reason of 0x80 or more, or the message expired here; the sentence says whether it had been sent.
    /// </exception>
    /// <exception cref="ArgumentException">The message can never be sent: its topic, QoS or expiry is out of range.</exception>
    ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Says that a received message is safe, so that its PUBACK may go out. PUBACKs go out in order of arrival, so one that is never
    /// acknowledged holds back all behind it. A ticket of an earlier connection is ignored: the broker sends that message again.
    /// </summary>
    /// <param name="first">Ticket of the message.</param>
    /// <param name="count">How many messages that arrived one after another, that one the first; all go out in one write.</param>
    void Acknowledge(AckTicket first, int count = 1);

    /// <summary>Disconnects cleanly (the broker forgets the will), after the acknowledgements that are due. Idempotent.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>Identifies one received message towards <see cref="IMqttSession.Acknowledge"/>. The default value needs no acknowledgement (QoS 0).</summary>
/// <param name="Connection">Which connection it arrived on, counted from 1.</param>
/// <param name="Sequence">Which message of that connection.</param>
public readonly record struct AckTicket(int Connection, long Sequence);

/// <summary>Takes what a session receives. Called by one thread at a time.</summary>
public interface IMqttReceiver
{
    /// <summary>
    /// A message has arrived. Its memory is valid only during the call. Must not block; when full, say so in <see cref="FlushAsync"/>.
    /// An exception is a fault of the receiver: it is logged and counted by the session, and the message stays unacknowledged.
    /// </summary>
    void OnMessage(in ReceivedMessage message);

    /// <summary>
    /// Everything that had arrived was handed over. The session reads no further before this completes: the place for back-pressure.
    /// </summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>The broker sent something that is no MQTT; the connection is being dropped. The bytes are the start of it.</summary>
    void OnProtocolError(string reason, ReadOnlySpan<byte> bytes);
}

/// <summary>A message as received.</summary>
public readonly ref struct ReceivedMessage
{
    /// <summary>The topic, valid UTF-8.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The payload; its beginning only, when <see cref="OversizeBytes"/> is not zero.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Total size of a payload that was larger than the session keeps; 0 for all others.</summary>
    public long OversizeBytes { get; init; }

    /// <summary>0 or 1.</summary>
    public byte Qos { get; init; }

    /// <summary>Whether the broker kept it from before we subscribed.</summary>
    public bool Retained { get; init; }

    /// <summary>Whether the broker may have sent it before.</summary>
    public bool Duplicate { get; init; }

    /// <summary>MQTT 5 correlation data; empty when none.</summary>
    public ReadOnlySpan<byte> CorrelationData { get; init; }

    /// <summary>For <see cref="IMqttSession.Acknowledge"/>.</summary>
    public AckTicket Ticket { get; init; }
}

/// <summary>A message to publish.</summary>
/// <param name="Topic">Topic without wildcards.</param>
/// <param name="Payload">Content.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>0 or 1.</summary>
    public byte Qos { get; init; } = 1;

    /// <summary>Whether the broker keeps it for later subscribers.</summary>
    public bool Retain { get; init; }

    /// <summary>How long it is worth delivering, 0 to 49 days; sent as Message Expiry Interval with MQTT 5. Null: for ever.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Where to answer; sent with MQTT 5 only.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What to quote in the answer; sent with MQTT 5 only.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }
}

/// <summary>States of a session.</summary>
public enum MqttSessionState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,

    /// <summary>Connecting, or subscribing.</summary>
    Connecting,

    /// <summary>Connected and subscribed.</summary>
    Ready,

    /// <summary>Waiting before the next attempt.</summary>
    Waiting,

    /// <summary>Refused for good (credentials, subscription, taken over too often): a person must come.</summary>
    Failed,
}

/// <summary>What a session is doing.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">A sentence saying why, and what to do when it is a fault.</param>
/// <param name="SessionLost">Whether the broker had forgotten our session at the last connect although there was one: messages may be lost.</param>
public readonly record struct MqttSessionStatus(MqttSessionState State, string Reason, bool SessionLost);
