using System.Text;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Judges a CONNECT (MQTT 5 §3.1.4) and writes CONNACK.</summary>
internal sealed class ConnectHandler(MqttBrokerOptions options, BrokerCore core)
{
    private readonly Credentials _credentials = new(options);

    /// <summary>Opens the session, or says why not.</summary>
    public ConnectOutcome Handle(ClientConnection connection, in ConnectPacket connect)
    {
        var (code, reason) = Judge(connect);
        if (code != ReasonCode.Success)
        {
            return new ConnectOutcome(default, code, reason);
        }

        var request = ToRequest(connect);
        var attached = core.Attach(connection, request);
        return attached.Session is null
            ? new ConnectOutcome(attached, ReasonCode.QuotaExceeded, attached.Refusal!)
            : new ConnectOutcome(attached, ReasonCode.Success, "");
    }

    /// <summary>What CONNACK tells a MQTT 5 client about session and server (§3.2.2.3).</summary>
    public Properties Describe(in ConnectPacket connect, BrokerSession session, PropertyBuffer scratch)
    {
        scratch.Clear();
        if (connect.Version != MqttVersion.V5)
        {
            return scratch.Properties;
        }

        if (ExpiryAsked(connect) != session.Expiry)
        {
            scratch.Add(PropertyId.SessionExpiryInterval, (uint)session.Expiry.TotalSeconds);
        }

        if (connect.ClientId.IsEmpty)
        {
            scratch.Add(PropertyId.AssignedClientIdentifier, session.ClientId);
        }

        return scratch
            .Add(PropertyId.ReceiveMaximum, (uint)options.ReceiveMaximum)
            .Add(PropertyId.MaximumQos, 1)
            .Add(PropertyId.MaximumPacketSize, (uint)options.MaxPacketSize)
            .Add(PropertyId.SharedSubscriptionAvailable, 0)
            .Properties;
    }

    private static TimeSpan ExpiryAsked(in ConnectPacket connect) => TimeSpan.FromSeconds(connect.Properties.Number(PropertyId.SessionExpiryInterval) ?? 0);

    private (byte Code, string Reason) Judge(in ConnectPacket connect)
    {
        var isV5 = connect.Version == MqttVersion.V5;
        if (connect.Properties.Has(PropertyId.AuthenticationMethod))
        {
            return (ReasonCode.BadAuthenticationMethod, "it asks for an extended authentication, and there is none");
        }

        if (connect.ClientId.IsEmpty && !isV5 && !connect.CleanStart)
        {
            return (ReasonCode.ClientIdentifierNotValid, "it has no client id, but wants its session kept [MQTT-3.1.3-8 of 3.1.1]");
        }

        if (connect.HasWill && connect.WillQos > 1)
        {
            return (ReasonCode.QosNotSupported, "its will has QoS 2; use QoS 0 or 1");
        }

        if (connect.HasWill && !IsTopicTaken(connect.WillTopic))
        {
            return (ReasonCode.TopicNameInvalid, "the topic of its will has wildcards, is too long or too deep, or belongs to the server");
        }

        return (_credentials.Check(connect), "user name and password are missing or wrong");
    }

    private bool IsTopicTaken(ReadOnlySpan<byte> topic) =>
        Packets.Topics.IsValidName(topic) && !Matching.TopicLevels.IsOfServer(topic) && Matching.TopicLevels.IsWithin(options, topic);

    private SessionRequest ToRequest(in ConnectPacket connect)
    {
        var wanted = connect.Version == MqttVersion.V5 ? ExpiryAsked(connect) : connect.CleanStart ? TimeSpan.Zero : TimeSpan.MaxValue;
        var expiry = wanted < options.MaxSessionExpiry ? wanted : options.MaxSessionExpiry;
        var window = Math.Min(options.MaxInFlight, (int)(connect.Properties.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue));
        return new SessionRequest(Encoding.UTF8.GetString(connect.ClientId), connect.CleanStart, expiry, window, connect.HasWill ? ToWill(connect) : null);
    }

    private static Will ToWill(in ConnectPacket connect)
    {
        var properties = Incoming.Travelling(connect.WillProperties, new PropertyBuffer());
        var message = new BrokerMessage(connect.WillTopic, connect.WillPayload, properties) { Qos = connect.WillQos, Retain = connect.WillRetain };
        return new Will(
            message,
            Incoming.Seconds(connect.WillProperties.Number(PropertyId.MessageExpiryInterval)),
            Incoming.Seconds(connect.WillProperties.Number(PropertyId.WillDelayInterval)) ?? TimeSpan.Zero);
    }
}

/// <summary>What became of a CONNECT.</summary>
/// <param name="Attached">The session, when there is one.</param>
/// <param name="Code">Reason code for CONNACK.</param>
/// <param name="Reason">Why it was refused; continues the sentence "refused, because".</param>
internal readonly record struct ConnectOutcome(AttachResult Attached, byte Code, string Reason);
