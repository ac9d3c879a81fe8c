using System.Text;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>
/// What is said on one connection: decides on every packet of the broker, and answers into the output. Does no I/O. Called by the reading
/// thread only.
/// </summary>
internal sealed class Conversation(SessionParts parts, OutputBuffer output, AckQueue acks, int number, bool hadSession)
{
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Phase _phase = Phase.Connecting;
    private ServerLimits? _limits;
    private bool _sessionPresent;

    private enum Phase
    {
        Connecting,
        Subscribing,
        Ready,
    }

    /// <summary>Completes when connected and subscribed; says whether the broker had forgotten our session.</summary>
    public Task<bool> Ready => _ready.Task;

    /// <summary>Set when the connection is to be closed.</summary>
    public ConnectionEnd? End { get; private set; }

    /// <summary>Keep alive in force, from CONNACK on.</summary>
    public TimeSpan KeepAlive { get; private set; } = parts.Options.KeepAlive;

    private MqttVersion Version => parts.Options.Version;

    public void Open() => Greeting.WriteConnect(parts.Options, output);

    /// <summary>Takes one packet. A fault, or <see cref="End"/>, ends the connection.</summary>
    public Fault Handle(in Frame frame) => (frame.Type, _phase) switch
    {
        (PacketType.ConnAck, Phase.Connecting) => OnConnAck(frame),
        (_, Phase.Connecting) => Fault.Protocol("The first packet of the broker is no CONNACK [MQTT-3.2.0-1]."),
        (PacketType.Publish, _) => OnPublish(frame),
        (PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp, _) => OnAck(frame),
        (PacketType.SubAck or PacketType.UnsubAck, _) => OnSubAck(frame),
        (PacketType.PingResp, _) => PingPacket.TryRead(frame, out var fault) ? default : fault,
        (PacketType.Disconnect, _) => OnDisconnect(frame),
        _ => OnUnwanted(frame),
    };

    private Fault OnConnAck(in Frame frame)
    {
        if (!ConnAckPacket.TryRead(frame, Version, out var packet, out var fault))
        {
            return fault;
        }

        if (packet.ReasonCode != ReasonCode.Success)
        {
            End = ConnectionEnd.OfRefusal(packet.ReasonCode, TextOf(packet.Properties.Data(PropertyId.ReasonString)));
            return default;
        }

        if (packet.Properties.Has(PropertyId.AssignedClientIdentifier) && parts.Options.ClientId.Length > 0)
        {
            return Fault.Protocol("The broker assigned a client id although it was given one (§3.2.2.3.7).");
        }

        if (packet.SessionPresent && parts.Options.SessionExpiry == TimeSpan.Zero)
        {
            return Fault.Protocol("The broker claims a session although a clean one was asked for [MQTT-3.2.2-2].");
        }

        if (packet.Properties.Number(PropertyId.ServerKeepAlive) is { } seconds)
        {
            KeepAlive = TimeSpan.FromSeconds(seconds);
        }

        var wanted = Greeting.SessionExpirySeconds(parts.Options);
        if (packet.Properties.Number(PropertyId.SessionExpiryInterval) is { } granted && granted < wanted)
        {
            SessionLog.ShorterExpiry(parts.Logger, parts.Options.ClientId, granted, wanted);
        }

        _sessionPresent = packet.SessionPresent;
        _limits = ServerLimits.From(packet);
        _phase = Phase.Subscribing;
        if (parts.Options.Subscriptions.Count == 0)
        {
            BecomeReady();
        }
        else if (Greeting.SubscribeSize(parts.Options) > _limits.MaxPacketSize)
        {
            End = new ConnectionEnd(EndKind.Fatal, "The list of subscriptions is larger than the broker takes in one packet: subscribe to fewer.", ReasonCode.Success);
        }
        else
        {
            Greeting.WriteSubscribe(parts.Options, output);
        }

        return default;
    }

    private Fault OnSubAck(in Frame frame)
    {
        if (!SubAckPacket.TryRead(frame, Version, out var packet, out var fault))
        {
            return fault;
        }

        if (_phase != Phase.Subscribing || packet.PacketId != Greeting.SubscribeId || packet.Type != PacketType.SubAck)
        {
            Unexpected(packet.Type, packet.PacketId);
            return default;
        }

        if (packet.Codes.Length != parts.Options.Subscriptions.Count)
        {
            return Fault.Protocol("SUBACK has another number of reason codes than SUBSCRIBE had filters [MQTT-3.8.4-6].");
        }

        for (var i = 0; i < packet.Codes.Length; i++)
        {
            if (packet.Codes[i] >= 0x80)
            {
                End = new ConnectionEnd(
                    EndKind.Fatal,
                    $"The broker refused the subscription to {parts.Options.Subscriptions[i]} with 0x{packet.Codes[i]:X2}. Check the broker's access list.",
                    ReasonCode.Success);
                return default;
            }
        }

        BecomeReady();
        return default;
    }

    private void BecomeReady()
    {
        _phase = Phase.Ready;
        parts.Publisher.Connect(output, _limits!, _sessionPresent);
        _ready.TrySetResult(hadSession && !_sessionPresent);
    }

    private Fault OnPublish(in Frame frame)
    {
        if (!PublishPacket.TryRead(frame, Version, out var packet, out var fault))
        {
            return fault;
        }

        if (packet.Qos == 2)
        {
            return Fault.Protocol("The broker sent a message at QoS 2 although it was asked for QoS 1 [MQTT-3.8.4-8].");
        }

        if (packet.Properties.Has(PropertyId.TopicAlias))
        {
            return new Fault(ReasonCode.TopicAliasInvalid, "The broker used a topic alias although it was given none [MQTT-3.3.2-11].");
        }

        var ticket = default(AckTicket);
        if (packet.Qos == 1)
        {
            ticket = new AckTicket(number, acks.Add(packet.PacketId));
        }

        parts.HandOver(packet, ticket, acks);
        return default;
    }

    private Fault OnAck(in Frame frame)
    {
        if (!AckPacket.TryRead(frame, Version, out var packet, out var fault))
        {
            return fault;
        }

        if (packet.Type != PacketType.PubAck || !parts.Publisher.OnPubAck(packet.PacketId, packet.ReasonCode, TextOf(packet.Properties.Data(PropertyId.ReasonString))))
        {
            Unexpected(packet.Type, packet.PacketId);
        }

        return default;
    }

    private Fault OnDisconnect(in Frame frame)
    {
        if (Version == MqttVersion.V311)
        {
            return Fault.Protocol("The broker sent DISCONNECT, which is the client's in MQTT 3.1.1 (§3.14).");
        }

        if (!DisconnectPacket.TryRead(frame, Version, out var packet, out var fault))
        {
            return fault;
        }

        if (packet.Properties.Has(PropertyId.SessionExpiryInterval))
        {
            return Fault.Protocol("The broker's DISCONNECT has a session expiry interval [MQTT-3.14.2-2].");
        }

        var detail = TextOf(packet.Properties.Data(PropertyId.ReasonString));
        End = new ConnectionEnd(
            packet.ReasonCode == ReasonCode.SessionTakenOver ? EndKind.TakenOver : EndKind.Retry,
            $"The broker ended the connection with 0x{packet.ReasonCode:X2}{(detail.Length > 0 ? $" ({detail})" : "")}.");
        return default;
    }

    private static Fault OnUnwanted(in Frame frame) => frame.Type == PacketType.ConnAck
        ? Fault.Protocol("The broker sent a second CONNACK (§3.2).")
        : Fault.Protocol("The broker sent a packet that only a client sends, or that was not agreed on.");

    private void Unexpected(PacketType type, ushort packetId)
    {
        parts.Counters.CountUnexpected();
        SessionLog.Unexpected(parts.Logger, parts.Options.ClientId, type, packetId);
    }

    private static string TextOf(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}
