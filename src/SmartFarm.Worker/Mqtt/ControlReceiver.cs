using System.Text;
using SmartFarm.Domain.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Quarantine;

namespace SmartFarm.Worker.Mqtt;

/// <summary>
/// Hands presence, reported states and replies of one site to those who wait for them. They have a session of their own, so that they
/// never wait behind telemetry.
/// </summary>
internal sealed class ControlReceiver(NativeTopics topics, FarmMap map, CommandDesk desk, IntakePipeline pipeline) : IMqttReceiver, IReceiptOwner
{
    private readonly Queue<DeskEvent> _told = new();

    public IMqttSession? Session { get; set; }

    public void OnMessage(in ReceivedMessage message)
    {
        var delivery = IntakeReceiver.ToDelivery(message, this);
        var kind = topics.Parse(message.Topic, out var site, out var address);
        if (!Names.IsValid(site) || !Names.IsValid(address))
        {
            pipeline.Refuse(delivery, RejectReason.BadTopic, "A name in the topic is not made of a-z, 0-9, '_' and '-'.");
            return;
        }

        var (siteName, addressName) = (Encoding.UTF8.GetString(site), Encoding.UTF8.GetString(address));
        switch (kind)
        {
            case TopicKind.Status:
                OnStatus(delivery, siteName, addressName);
                break;
            case TopicKind.Reply when message.Retained:
                // An answer is an event; one that the broker kept from before says nothing about now.
                pipeline.Pass(delivery.Receipt);
                break;
            case TopicKind.Reply:
                Tell(delivery, siteName, addressName, NativeReply.Read(message.Payload, out var badReply) is { } reply ? new DeskEvent.Replied(siteName, addressName, reply, delivery.Receipt) : null, badReply);
                break;
            case TopicKind.State:
                Tell(delivery, siteName, addressName, NativeState.Read(message.Payload, out var badState) is { } state ? new DeskEvent.Reported(siteName, addressName, state, delivery.Receipt) : null, badState);
                break;
            default:
                pipeline.Refuse(delivery, RejectReason.NoFormat, "No payload format is configured for this topic.");
                break;
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_told.TryPeek(out var e))
        {
            await desk.TellAsync(e, cancellationToken);
            _told.Dequeue();
        }
    }

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) =>
        pipeline.Refuse(new Delivery { Topic = [], Payload = bytes, Receipt = default }, RejectReason.BadPacket, reason);

    public void Settle(int connection, long sequence) => Settle(connection, sequence, 1);

    public void Settle(int connection, long first, int count) => Session?.Acknowledge(new AckTicket(connection, first), count);

    private void Tell(in Delivery delivery, string site, string address, DeskEvent? e, DecodeFailure failure)
    {
        if (e is null)
        {
            pipeline.Refuse(
                delivery, failure.Reason, failure.Detail, map.TryGetController(site, address, out var sender) ? $"{site}/{sender.Controller.Id}" : QuarantineEntry.Unclaimed);
        }
        else
        {
            _told.Enqueue(e);
        }
    }

    private void OnStatus(in Delivery delivery, string site, string address)
    {
        bool? isOnline = delivery.Payload.SequenceEqual("online"u8) ? true : delivery.Payload.SequenceEqual("offline"u8) ? false : null;
        if (isOnline is null && !delivery.Payload.IsEmpty)
        {
            pipeline.Refuse(delivery, RejectReason.BadShape, "A status is 'online' or 'offline'.");
            return;
        }

        if (map.TryGetDevice(Encoding.UTF8.GetBytes($"{site}/{address}"), out var device))
        {
            device.IsOnline = isOnline;
            device.MaybeRestarted |= isOnline == true;
        }

        if (isOnline is { } here && map.TryGetController(site, address, out _))
        {
            _told.Enqueue(new DeskEvent.Presence(site, address, here));
        }

        pipeline.Pass(delivery.Receipt);
    }
}
