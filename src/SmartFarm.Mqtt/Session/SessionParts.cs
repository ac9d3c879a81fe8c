using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>What a session shares with its connections.</summary>
internal sealed record SessionParts(
    MqttSessionOptions Options, IMqttReceiver? Receiver, TimeProvider Time, ILogger Logger, MqttSessionCounters Counters, Publisher Publisher)
{
    /// <summary>Hands a message to the receiver. Without a receiver it is acknowledged at once.</summary>
    public void HandOver(in PublishPacket packet, AckTicket ticket, AckQueue acks)
    {
        Counters.CountReceived(packet.OversizeBytes > 0);
        if (Receiver is null)
        {
            if (packet.Qos > 0)
            {
                acks.Complete(ticket.Sequence);
            }

            return;
        }

        try
        {
            Receiver.OnMessage(new ReceivedMessage
            {
                Topic = packet.Topic,
                Payload = packet.Payload,
                OversizeBytes = packet.OversizeBytes,
                Qos = packet.Qos,
                Retained = packet.Retain,
                Duplicate = packet.Duplicate,
                CorrelationData = packet.Properties.Data(PropertyId.CorrelationData),
                Ticket = ticket,
            });
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (Receiver?.FlushAsync(cancellationToken) ?? ValueTask.CompletedTask);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fault(e);
        }
    }

    public void ReportProtocolError(string reason, ReadOnlySpan<byte> bytes)
    {
        Counters.CountProtocolError();
        try
        {
            Receiver?.OnProtocolError(reason, bytes);
        }
        catch (Exception e)
        {
            Fault(e);
        }
    }

    private void Fault(Exception exception)
    {
        Counters.CountReceiverFault();
        SessionLog.ReceiverFault(Logger, exception, Options.ClientId);
    }
}
