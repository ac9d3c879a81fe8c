using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>What the reading loop does next.</summary>
internal enum Next
{
    Packet,
    MoreBytes,
    Wait,
    Close,
}

/// <summary>Understands the packets of one connection, one after the other, and collects the answers. Used by its reading loop only.</summary>
internal sealed partial class PacketDispatcher(ClientConnection connection, MqttBroker broker)
{
    private const int QuotedBytes = 256;
    private readonly ArrayBufferWriter<byte> _answers = new(256);
    private readonly PropertyBuffer _scratch = new();
    private readonly WaitList _waits = new();
    private BrokerSession? _session;
    private (ushort PacketId, byte Code) _heldAck;
    private bool _hasAcks;
    private bool _isGoodbye;

    public MqttVersion Version { get; private set; } = MqttVersion.V311;

    public string ClientId { get; private set; } = "";

    /// <summary>The client id, fit for the log.</summary>
    public string LogName { get; private set; } = "";

    public TimeSpan KeepAlive { get; private set; }

    /// <summary>Takes one packet and does what it asks.</summary>
    public Next Dispatch(PacketReader packets, ref ReadOnlySequence<byte> input)
    {
        var start = input;
        switch (packets.Read(ref input, out var frame, out var fault))
        {
            case ReadStatus.NotYet:
                return Next.MoreBytes;
            case ReadStatus.Never:
                return Refuse(fault, start);
            default:
                var next = _session is null ? First(frame, out fault) : Later(frame, out fault);
                return fault.IsFault ? Refuse(fault, start.Slice(0, start.Length - input.Length)) : next;
        }
    }

    /// <summary>Posts the answers collected.</summary>
    public void PostAnswers()
    {
        if (_hasAcks)
        {
            _hasAcks = false;
            _session?.OnProgress();
            connection.Sender.Wake();
        }

        if (_answers.WrittenCount > 0)
        {
            connection.Sender.Post(_answers.WrittenSpan);
            _answers.ResetWrittenCount();
        }
    }

    /// <summary>Waits for the slow subscribers of the last message, then acknowledges it.</summary>
    public async ValueTask WaitForSubscribersAsync(CancellationToken cancellationToken)
    {
        broker.Counters.Add(Counter.PublisherWaits);
        PostAnswers();
        var isTaken = !_waits.AreOnlyHope;
        foreach (var (session, copy) in _waits.Copies)
        {
            OfferResult result;
            do
            {
                await session.WaitForRoomAsync(cancellationToken);
                result = session.Offer(copy, broker.Time.GetTimestamp(), mayWait: true);
            }
            while (result == OfferResult.MustWait);
            broker.Drops.Report(session.ClientId, result);
            isTaken |= result == OfferResult.Taken;
        }

        _waits.Copies.Clear();
        Acknowledge(_heldAck.PacketId, isTaken ? _heldAck.Code : ReasonCode.QuotaExceeded);
    }

    /// <summary>Posts SUBACK or UNSUBACK, and all answers before it.</summary>
    public void AnswerNow(PacketType type, ushort packetId, List<byte> codes)
    {
        new SubAckPacket { Type = type, PacketId = packetId, Codes = codes.ToArray() }.WriteTo(_answers, Version);
        PostAnswers();
    }

    /// <summary>The client closed its side; what it left of a packet whose rest never came is told like any broken packet.</summary>
    public void OnInputEnd(ReadOnlySequence<byte> unread)
    {
        if (!unread.IsEmpty)
        {
            Log.Torn(broker.Log, LogName, unread.Length);
            Tell("The connection was closed inside a packet.", unread);
        }
    }

    /// <summary>The connection is over.</summary>
    public void End()
    {
        if (_session is not null)
        {
            broker.Core.Detach(connection, _session, keepWill: !_isGoodbye);
        }
    }

    private Next First(in Frame frame, out Fault fault)
    {
        if (frame.Type != PacketType.Connect)
        {
            fault = new Fault(ReasonCode.ProtocolError, "The first packet is no CONNECT [MQTT-3.1.0-1].");
            return Next.Close;
        }

        if (!ConnectPacket.TryRead(frame, out var connect, out fault))
        {
            if (fault.Code == ReasonCode.UnsupportedProtocolVersion)
            {
                new ConnAckPacket { ReasonCode = fault.Code }.WriteTo(_answers, Version);
            }

            return Next.Close;
        }

        (Version, ClientId) = (connect.Version, Encoding.UTF8.GetString(connect.ClientId));
        KeepAlive = TimeSpan.FromSeconds(connect.KeepAlive);
        var outcome = broker.Connects.Handle(connection, connect);
        broker.TakeOver(outcome.Attached.Displaced, ClientId);
        if (outcome.Attached.Session is not { } session)
        {
            broker.OnConnectRefused(ClientId, outcome.Reason);
            new ConnAckPacket { ReasonCode = outcome.Code }.WriteTo(_answers, Version);
            return Next.Close;
        }

        (_session, ClientId, LogName) = (session, session.ClientId, LogText.Of(session.ClientId));
        var properties = broker.Connects.Describe(connect, session, _scratch);
        new ConnAckPacket { SessionPresent = outcome.Attached.IsPresent, Properties = properties }.WriteTo(_answers, Version);
        PostAnswers();
        broker.Counters.Add(Counter.ConnectionsOpened);
        connection.OnConnected();
        connection.Sender.Start(session, Version, connect.Properties.Number(PropertyId.MaximumPacketSize) ?? uint.MaxValue);
        return Next.Packet;
    }

    private Next Later(in Frame frame, out Fault fault)
    {
        fault = default;
        switch (frame.Type)
        {
            case PacketType.Publish:
                return PublishPacket.TryRead(frame, Version, out var publish, out fault) ? Publish(publish, out fault) : Next.Close;
            case PacketType.PubAck when AckPacket.TryRead(frame, Version, out var ack, out fault):
                _hasAcks |= _session!.Queue.Acknowledge(connection, ack.PacketId);
                return Next.Packet;
            case PacketType.PubRel when AckPacket.TryRead(frame, Version, out var release, out fault):
                // Of a QoS 2 message that this broker never took: the client may forget it (§4.3.3).
                new AckPacket { Type = PacketType.PubComp, PacketId = release.PacketId, ReasonCode = ReasonCode.PacketIdentifierNotFound }.WriteTo(_answers, Version);
                return Next.Packet;
            case PacketType.Subscribe when SubscribePacket.TryRead(frame, Version, out var subscribe, out fault):
                broker.Subscribes.Subscribe(connection, _session!, subscribe);
                return Next.Packet;
            case PacketType.Unsubscribe when SubscribePacket.TryRead(frame, Version, out var unsubscribe, out fault):
                broker.Subscribes.Unsubscribe(connection, _session!, unsubscribe);
                return Next.Packet;
            case PacketType.PingReq when PingPacket.TryRead(frame, out fault):
                PingPacket.WriteResponse(_answers);
                return Next.Packet;
            case PacketType.Disconnect when DisconnectPacket.TryRead(frame, Version, out var disconnect, out fault):
                return Disconnect(disconnect, out fault);
            case PacketType.PubAck or PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe or PacketType.PingReq or PacketType.Disconnect:
                return Next.Close;
            default:
                fault = new Fault(ReasonCode.ProtocolError, $"A client may not send {frame.Type} here.");
                return Next.Close;
        }
    }

    private Next Publish(in PublishPacket packet, out Fault fault)
    {
        fault = broker.Publishes.Handle(packet, _session!, _scratch, _waits, out var code);
        if (fault.IsFault)
        {
            return Next.Close;
        }

        if (_waits.Copies.Count > 0)
        {
            _heldAck = (packet.PacketId, code);
            return Next.Wait;
        }

        Acknowledge(packet.PacketId, code);
        return Next.Packet;
    }

    private void Acknowledge(ushort packetId, byte code)
    {
        if (packetId != 0)
        {
            new AckPacket { Type = PacketType.PubAck, PacketId = packetId, ReasonCode = code }.WriteTo(_answers, Version);
        }
    }

    private Next Disconnect(in DisconnectPacket packet, out Fault fault)
    {
        fault = default;
        var expiry = Incoming.Seconds(packet.Properties.Number(PropertyId.SessionExpiryInterval));
        if (expiry > TimeSpan.Zero && _session!.Expiry == TimeSpan.Zero)
        {
            fault = new Fault(ReasonCode.ProtocolError, "DISCONNECT asks to keep a session that CONNECT did not ask to keep (§3.14.2.2.2).");
            return Next.Close;
        }

        broker.Core.SetExpiry(connection, _session!, expiry);
        _isGoodbye = packet.ReasonCode == ReasonCode.Success;
        return Next.Close;
    }

    private Next Refuse(Fault fault, ReadOnlySequence<byte> bytes)
    {
        Tell(fault.Reason, bytes);
        PostAnswers();
        if (_session is not null)
        {
            connection.SendDisconnect(fault.Code);
        }

        return Next.Close;
    }

    private void Tell(string reason, ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(QuotedBytes, bytes.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        broker.OnProtocolError(ClientId, reason, start);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "The client {ClientId} closed its connection inside a packet, after {Bytes} bytes of it.")]
        public static partial void Torn(ILogger logger, string clientId, long bytes);
    }
}
