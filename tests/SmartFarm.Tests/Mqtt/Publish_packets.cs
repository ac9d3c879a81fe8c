using System.Buffers;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Publish_packets
{
    [Fact]
    public void Come_back_as_they_were_written()
    {
        var bytes = Example(payloadSize: 20);
        var input = new ReadOnlySequence<byte>(bytes.WrittenMemory);
        using var reader = new PacketReader(1000, Oversize.CutPublish);
        Assert.Equal(ReadStatus.Packet, reader.Read(ref input, out var frame, out _));
        Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var packet, out var fault), fault.Reason);
        Assert.Equal("farm/a"u8.ToArray(), packet.Topic.ToArray());
        Assert.Equal(7, packet.PacketId);
        Assert.Equal(60u, packet.Properties.Number(PropertyId.MessageExpiryInterval));
        Assert.Equal("id"u8.ToArray(), packet.Properties.Data(PropertyId.CorrelationData).ToArray());
        Assert.Equal(20, packet.Payload.Length);
        Assert.Equal(0, packet.OversizeBytes);
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void Larger_than_the_limit_come_cut_with_topic_and_identifier_and_the_stream_goes_on()
    {
        var bytes = Example(payloadSize: 5000);
        Example(payloadSize: 3, bytes);
        using var reader = new PacketReader(100, Oversize.CutPublish);
        var memory = bytes.WrittenMemory;
        var packets = 0;
        for (var at = 0; at < memory.Length; at += 37)
        {
            var pending = new ReadOnlySequence<byte>(memory[..Math.Min(memory.Length, at + 37)][at..]);
            if (reader.Read(ref pending, out var frame, out var fault) == ReadStatus.Packet)
            {
                Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var packet, out fault), fault.Reason);
                Assert.Equal(7, packet.PacketId);
                Assert.Equal("farm/a"u8.ToArray(), packet.Topic.ToArray());
                Assert.Equal(5000, packet.OversizeBytes);
                Assert.InRange(packet.Payload.Length, 60, 100);
                packets++;
                break;
            }

            Assert.False(fault.IsFault, fault.Reason);
            Assert.True(pending.IsEmpty);
        }

        Assert.Equal(1, packets);
        Assert.False(reader.IsInsidePacket);
    }

    private static ArrayBufferWriter<byte> Example(int payloadSize, ArrayBufferWriter<byte>? output = null)
    {
        output ??= new ArrayBufferWriter<byte>();
        var properties = new PropertyBuffer().Add(PropertyId.MessageExpiryInterval, 60).Add(PropertyId.CorrelationData, "id"u8);
        new PublishPacket { Qos = 1, PacketId = 7, Topic = "farm/a"u8, Properties = properties.Properties, Payload = new byte[payloadSize] }
            .WriteTo(output, MqttVersion.V5);
        return output;
    }
}
