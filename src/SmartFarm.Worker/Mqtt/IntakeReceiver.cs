using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Worker.Mqtt;

/// <summary>Hands telemetry from the session to the pipeline, and settled receipts back as acknowledgements.</summary>
internal sealed class IntakeReceiver(IntakePipeline pipeline) : IMqttReceiver, IReceiptOwner
{
    public IMqttSession? Session { get; set; }

    // :: 3
    public void OnMessage(in ReceivedMessage message) => pipeline.Accept(ToDelivery(message, this));

    public ValueTask FlushAsync(CancellationToken cancellationToken) => pipeline.FlushAsync(cancellationToken);

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) =>
        pipeline.Refuse(new Delivery { Topic = [], Payload = bytes, Receipt = default }, RejectReason.BadPacket, reason);

    public void Settle(int connection, long sequence) => Settle(connection, sequence, 1);

    public void Settle(int connection, long first, int count) => Session?.Acknowledge(new AckTicket(connection, first), count);

    public static Delivery ToDelivery(in ReceivedMessage message, IReceiptOwner owner) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        OversizeBytes = message.OversizeBytes,
        Retained = message.Retained,
        IsRedelivery = message.Duplicate,
        Receipt = message.Qos == 0 ? default : new Receipt(owner, message.Ticket.Connection, message.Ticket.Sequence),
    };
}
