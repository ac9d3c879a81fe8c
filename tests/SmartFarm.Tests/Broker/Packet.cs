using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>A packet from the broker, decoded and copied.</summary>
internal sealed record Packet(PacketType Type)
{
    /// <summary>The reason code; of SUBACK and UNSUBACK the one for their only filter.</summary>
    public byte Code { get; init; }

    public bool SessionPresent { get; init; }

    public ushort PacketId { get; init; }

    public string Topic { get; init; } = "";

    public string Payload { get; init; } = "";

    public byte Qos { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    /// <summary>All properties in the order sent.</summary>
    public List<(PropertyId Id, uint Number, string Text, string UserValue)> Properties { get; init; } = [];

    public uint? Number(PropertyId id) => Properties.Where(p => p.Id == id).Select(p => (uint?)p.Number).FirstOrDefault();

    public string? Text(PropertyId id) => Properties.Where(p => p.Id == id).Select(p => p.Text).FirstOrDefault();

    public static Packet Decode(in Frame frame, MqttVersion version)
    {
        Fault fault;
        switch (frame.Type)
        {
            case PacketType.ConnAck:
                Check(ConnAckPacket.TryRead(frame, version, out var connAck, out fault), fault);
                return new Packet(frame.Type) { Code = connAck.ReasonCode, SessionPresent = connAck.SessionPresent, Properties = Copy(connAck.Properties) };
            case PacketType.Publish:
                Check(PublishPacket.TryRead(frame, version, out var publish, out fault), fault);
                return new Packet(frame.Type)
                {
                    Topic = Encoding.UTF8.GetString(publish.Topic),
                    Payload = Encoding.UTF8.GetString(publish.Payload),
                    Qos = publish.Qos,
                    Retain = publish.Retain,
                    Duplicate = publish.Duplicate,
                    PacketId = publish.PacketId,
                    Properties = Copy(publish.Properties),
                };
            case PacketType.SubAck or PacketType.UnsubAck:
                Check(SubAckPacket.TryRead(frame, version, out var subAck, out fault), fault);
                return new Packet(frame.Type) { PacketId = subAck.PacketId, Code = subAck.Codes is [var code] ? code : (byte)0xFF };
            case PacketType.PubAck or PacketType.PubComp:
                Check(AckPacket.TryRead(frame, version, out var ack, out fault), fault);
                return new Packet(frame.Type) { PacketId = ack.PacketId, Code = ack.ReasonCode };
            case PacketType.Disconnect:
                Check(DisconnectPacket.TryRead(frame, version, out var disconnect, out fault), fault);
                return new Packet(frame.Type) { Code = disconnect.ReasonCode };
            default:
                return new Packet(frame.Type);
        }
    }

    private static void Check(bool isRead, Fault fault) => Assert.True(isRead, fault.Reason);

    private static List<(PropertyId, uint, string, string)> Copy(Properties properties)
    {
        var copy = new List<(PropertyId, uint, string, string)>();
        foreach (var property in properties)
        {
            copy.Add((property.Id, property.Number, Encoding.UTF8.GetString(property.Data), Encoding.UTF8.GetString(property.UserValue)));
        }

        return copy;
    }
}
