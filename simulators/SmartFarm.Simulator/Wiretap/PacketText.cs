using System.Globalization;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Simulator.Wiretap;

/// <summary>Says in words what an MQTT packet means.</summary>
internal static partial class PacketText
{
    /// <summary>Names of the reason codes, as the standard's table has them.</summary>
    private static readonly Dictionary<byte, string> ReasonNames = typeof(ReasonCode).GetFields()
        .GroupBy(field => (byte)field.GetRawConstantValue()!)
        .ToDictionary(same => same.Key, same => Words(same.First().Name));

    /// <summary>The meaning of a packet, or what is wrong with it.</summary>
    public static string Of(in Frame frame, MqttVersion version) => frame.Type switch
    {
        PacketType.Connect => Connect(frame),
        PacketType.ConnAck => ConnAckPacket.TryRead(frame, version, out var answer, out var fault)
            ? $"CONNACK {Reason(answer.ReasonCode)}{(answer.SessionPresent ? ", session kept" : ", no session kept")}{All(answer.Properties)}"
            : Bad(frame, fault),
        PacketType.Publish => Publish(frame, version),
        PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp => AckPacket.TryRead(frame, version, out var ack, out var fault)
            ? $"{Name(frame.Type)} of message {ack.PacketId}: {Reason(ack.ReasonCode)}"
            : Bad(frame, fault),
        PacketType.Subscribe or PacketType.Unsubscribe => Subscribe(frame, version),
        PacketType.SubAck or PacketType.UnsubAck => SubAckPacket.TryRead(frame, version, out var granted, out var fault)
            ? $"{Name(frame.Type)} of {granted.PacketId}: {string.Join(", ", granted.Codes.ToArray().Select(code => code < 3 ? $"granted QoS {code}" : Reason(code)))}"
            : Bad(frame, fault),
        PacketType.PingReq => "PINGREQ: are you there?",
        PacketType.PingResp => "PINGRESP: I am here",
        PacketType.Disconnect => DisconnectPacket.TryRead(frame, version, out var end, out var fault)
            ? $"DISCONNECT: {(end.ReasonCode == 0 ? "goodbye, forget the will" : Reason(end.ReasonCode))}"
            : Bad(frame, fault),
        _ => $"{Name(frame.Type)} of {frame.Length} bytes",
    };

    /// <summary>A payload as text when it is text, else its size.</summary>
    public static string Payload(ReadOnlySpan<byte> payload) => payload.IsEmpty ? "(empty)"
        : System.Text.Unicode.Utf8.IsValid(payload) && !payload.ContainsAnyInRange((byte)0, (byte)8) ? Encoding.UTF8.GetString(payload)
        : $"({payload.Length} bytes that are no text)";

    private static string Connect(in Frame frame)
    {
        if (!ConnectPacket.TryRead(frame, out var packet, out var fault))
        {
            return Bad(frame, fault);
        }

        var will = packet.HasWill ? $"; will QoS {packet.WillQos}{(packet.WillRetain ? ", retained" : "")}: {Text(packet.WillTopic)} {Payload(packet.WillPayload)}" : "; no will";
        return $"CONNECT as '{Text(packet.ClientId)}', MQTT {(packet.Version == MqttVersion.V5 ? "5.0" : "3.1.1")}, keep alive {packet.KeepAlive} s"
            + $"{(packet.CleanStart ? ", a new session" : ", the old session if there is one")}{(packet.HasUsername ? $", user '{Text(packet.Username)}'" : ", no user name")}"
            + $"{(packet.HasPassword ? ", with a password" : "")}{will}{All(packet.Properties)}";
    }

    private static string Publish(in Frame frame, MqttVersion version) => PublishPacket.TryRead(frame, version, out var packet, out var fault)
        ? $"PUBLISH {(packet.Qos == 0 ? "QoS 0" : $"message {packet.PacketId}, QoS {packet.Qos}")}{(packet.Retain ? ", retained" : "")}{(packet.Duplicate ? ", sent before" : "")}{All(packet.Properties)}: "
            + $"{Text(packet.Topic)} {Payload(packet.Payload)}"
        : Bad(frame, fault);

    private static string Subscribe(in Frame frame, MqttVersion version)
    {
        if (!SubscribePacket.TryRead(frame, version, out var packet, out var fault))
        {
            return Bad(frame, fault);
        }

        var text = new StringBuilder($"{Name(frame.Type)} {packet.PacketId}:");
        foreach (var line in packet.Filters)
        {
            text.Append(CultureInfo.InvariantCulture, $" {Text(line.Filter)}").Append(frame.Type == PacketType.Subscribe ? $" at QoS {line.Qos}," : ",");
        }

        return text.ToString().TrimEnd(',');
    }

    private static string Name(PacketType type) => type.ToString().ToUpperInvariant();

    private static string Reason(byte code) => code == 0 ? "fine"
        : $"{(code >= 0x80 ? "refused" : "fine")}, {ReasonNames.GetValueOrDefault(code, "unknown reason")} (0x{code:x2})";

    private static string Words(string name) => Capital().Replace(name, match => " " + match.Value.ToLowerInvariant()).Trim();

    private static string All(in Properties properties)
    {
        var text = new StringBuilder();
        foreach (var property in properties)
        {
            text.Append(CultureInfo.InvariantCulture, $"; {Words(property.Id.ToString())} {(property.Data.IsEmpty ? $"{property.Number}" : Payload(property.Data))}");
        }

        return text.ToString();
    }

    private static string Bad(in Frame frame, Fault fault) => $"{Name(frame.Type)} that is none: {fault.Reason}";

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    [System.Text.RegularExpressions.GeneratedRegex("[A-Z]", System.Text.RegularExpressions.RegexOptions.NonBacktracking)]
    private static partial System.Text.RegularExpressions.Regex Capital();
}
