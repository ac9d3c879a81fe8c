using System.Buffers;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>Decodes any packet into words, and encodes it again.</summary>
internal static class PacketText
{
    public static (SortedDictionary<string, string> Fields, byte[] Encoded, Fault Fault) Decode(in Frame frame, MqttVersion version)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["type"] = frame.Type.ToString() };
        var output = new ArrayBufferWriter<byte>();
        var fault = Decode(frame, version, fields, output);
        return (fields, output.WrittenSpan.ToArray(), fault);
    }

    private static Fault Decode(in Frame frame, MqttVersion version, SortedDictionary<string, string> fields, ArrayBufferWriter<byte> output)
    {
        Fault fault;
        switch (frame.Type)
        {
            case PacketType.Connect when ConnectPacket.TryRead(frame, out var p, out fault):
                Describe(p, fields);
                p.WriteTo(output);
                break;
            case PacketType.ConnAck when ConnAckPacket.TryRead(frame, version, out var p, out fault):
                fields["sessionPresent"] = Bool(p.SessionPresent);
                fields["code"] = $"{p.ReasonCode:X2}";
                AddProperties(fields, "properties", p.Properties);
                p.WriteTo(output, version);
                break;
            case PacketType.Publish when PublishPacket.TryRead(frame, version, out var p, out fault):
                Describe(p, fields);
                p.WriteTo(output, version);
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp when AckPacket.TryRead(frame, version, out var p, out fault):
                fields["packetId"] = $"{p.PacketId}";
                fields["code"] = $"{p.ReasonCode:X2}";
                AddProperties(fields, "properties", p.Properties);
                p.WriteTo(output, version);
                break;
            case PacketType.Subscribe or PacketType.Unsubscribe when SubscribePacket.TryRead(frame, version, out var p, out fault):
                Describe(p, fields);
                p.WriteTo(output, version);
                break;
            case PacketType.SubAck or PacketType.UnsubAck when SubAckPacket.TryRead(frame, version, out var p, out fault):
                fields["packetId"] = $"{p.PacketId}";
                fields["codes"] = Hex.Encode(p.Codes);
                AddProperties(fields, "properties", p.Properties);
                p.WriteTo(output, version);
                break;
            case PacketType.PingReq when PingPacket.TryRead(frame, out fault):
                PingPacket.WriteRequest(output);
                break;
            case PacketType.PingResp when PingPacket.TryRead(frame, out fault):
                PingPacket.WriteResponse(output);
                break;
            case PacketType.Disconnect or PacketType.Auth when DisconnectPacket.TryRead(frame, version, out var p, out fault):
                fields["code"] = $"{p.ReasonCode:X2}";
                AddProperties(fields, "properties", p.Properties);
                p.WriteTo(output, version);
                break;
            default:
                fault = FaultOf(frame, version);
                break;
        }

        return fault;
    }

    // The patterns above lose the fault of the one that did not match.
    private static Fault FaultOf(in Frame frame, MqttVersion version)
    {
        var fault = default(Fault);
        _ = frame.Type switch
        {
            PacketType.Connect => ConnectPacket.TryRead(frame, out _, out fault),
            PacketType.ConnAck => ConnAckPacket.TryRead(frame, version, out _, out fault),
            PacketType.Publish => PublishPacket.TryRead(frame, version, out _, out fault),
            PacketType.Subscribe or PacketType.Unsubscribe => SubscribePacket.TryRead(frame, version, out _, out fault),
            PacketType.SubAck or PacketType.UnsubAck => SubAckPacket.TryRead(frame, version, out _, out fault),
            PacketType.PingReq or PacketType.PingResp => PingPacket.TryRead(frame, out fault),
            PacketType.Disconnect or PacketType.Auth => DisconnectPacket.TryRead(frame, version, out _, out fault),
            _ => AckPacket.TryRead(frame, version, out _, out fault),
        };
        return fault;
    }

    private static void Describe(in ConnectPacket p, SortedDictionary<string, string> fields)
    {
        fields["version"] = $"{(int)p.Version}";
        fields["cleanStart"] = Bool(p.CleanStart);
        fields["keepAlive"] = $"{p.KeepAlive}";
        fields["clientId"] = Text(p.ClientId);
        AddProperties(fields, "properties", p.Properties);
        if (p.HasWill)
        {
            fields["willTopic"] = Text(p.WillTopic);
            fields["willPayload"] = Hex.Encode(p.WillPayload);
            fields["willQos"] = $"{p.WillQos}";
            fields["willRetain"] = Bool(p.WillRetain);
            AddProperties(fields, "willProperties", p.WillProperties);
        }

        if (p.HasUsername)
        {
            fields["username"] = Text(p.Username);
        }

        if (p.HasPassword)
        {
            fields["password"] = Hex.Encode(p.Password);
        }
    }

    private static void Describe(in PublishPacket p, SortedDictionary<string, string> fields)
    {
        fields["qos"] = $"{p.Qos}";
        fields["retain"] = Bool(p.Retain);
        fields["duplicate"] = Bool(p.Duplicate);
        fields["topic"] = Text(p.Topic);
        fields["payload"] = Hex.Encode(p.Payload);
        if (p.PacketId != 0)
        {
            fields["packetId"] = $"{p.PacketId}";
        }

        AddProperties(fields, "properties", p.Properties);
    }

    private static void Describe(in SubscribePacket p, SortedDictionary<string, string> fields)
    {
        fields["packetId"] = $"{p.PacketId}";
        AddProperties(fields, "properties", p.Properties);
        var lines = new List<string>();
        foreach (var line in p.Filters)
        {
            lines.Add(Text(line.Filter) + (p.Type == PacketType.Unsubscribe ? "" : $":{line.Qos}")
                + (line.NoLocal ? ":noLocal" : "") + (line.RetainAsPublished ? ":asPublished" : "") + (line.RetainHandling > 0 ? $":{line.RetainHandling}" : ""));
        }

        fields["filters"] = string.Join(' ', lines);
    }

    private static void AddProperties(SortedDictionary<string, string> fields, string name, Properties properties)
    {
        var words = new List<string>();
        foreach (var property in properties)
        {
            words.Add($"{property.Id}=" + property.Id switch
            {
                PropertyId.UserProperty => $"{Text(property.Data)}:{Text(property.UserValue)}",
                PropertyId.CorrelationData or PropertyId.AuthenticationData => Hex.Encode(property.Data),
                PropertyId.ContentType or PropertyId.ResponseTopic or PropertyId.AssignedClientIdentifier or PropertyId.AuthenticationMethod
                    or PropertyId.ResponseInformation or PropertyId.ServerReference or PropertyId.ReasonString => Text(property.Data),
                _ => $"{property.Number}",
            });
        }

        if (words.Count > 0)
        {
            fields[name] = string.Join(' ', words);
        }
    }

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
