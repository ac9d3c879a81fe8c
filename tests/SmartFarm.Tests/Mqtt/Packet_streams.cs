using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

public sealed class Packet_streams
{
    private static readonly Arbitrary<Message[]> s_messages = ArbMap.Default.ArbFor<Message[]>();

    [Fact]
    public void Come_out_as_they_went_in_wherever_the_network_cuts_them() =>
        Prop.ForAll(s_messages, ArbMap.Default.ArbFor<PositiveInt[]>(), (messages, cuts) =>
        {
            var sizes = cuts.Select(c => c.Get).DefaultIfEmpty(3).ToArray();
            var input = Segments.Cut(Encode(messages), sizes);
            using var reader = new PacketReader(100_000, Oversize.Refuse);
            return Read(reader, ref input).SequenceEqual(messages.Select(Words)) && input.IsEmpty;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Come_out_whole_though_they_arrive_byte_by_byte() =>
        Prop.ForAll(s_messages, messages =>
        {
            var bytes = Encode(messages);
            using var reader = new PacketReader(100_000, Oversize.Refuse);
            var read = new List<string>();
            var start = 0;
            for (var end = 1; end <= bytes.Length; end++)
            {
                var input = new ReadOnlySequence<byte>(bytes[start..end]);
                read.AddRange(Read(reader, ref input));
                start = end - (int)input.Length;
            }

            return read.SequenceEqual(messages.Select(Words));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Never_throw_whatever_the_bytes() =>
        Prop.ForAll<byte[], bool>((bytes, isV5) =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            using var reader = new PacketReader(1000, Oversize.CutPublish);
            while (reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
            {
                PacketText.Decode(frame, isV5 ? MqttVersion.V5 : MqttVersion.V311);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Larger_than_the_limit_are_cut_and_what_follows_is_whole()
    {
        Prop.ForAll(Gen.Choose(0, 20_000).ToArbitrary(), Gen.Choose(1, 700).ToArbitrary(), (payload, step) =>
        {
            var first = new Message(1, 7, "farm/a", new byte[payload]);
            var second = new Message(1, 8, "farm/b", [1]);
            ReadOnlyMemory<byte> bytes = Encode([first, second]);
            using var reader = new PacketReader(1024, Oversize.CutPublish);
            var read = new List<(ushort Id, long Oversize, int Kept)>();
            var start = 0;
            for (var end = 0; end < bytes.Length;)
            {
                end = Math.Min(bytes.Length, end + step);
                var input = new ReadOnlySequence<byte>(bytes[start..end]);
                while (reader.Read(ref input, out var frame, out var fault) == ReadStatus.Packet)
                {
                    Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var packet, out fault), fault.Reason);
                    read.Add((packet.PacketId, packet.OversizeBytes, packet.Payload.Length));
                }

                start = end - (int)input.Length;
            }

            var isCut = read[0].Oversize > 0;
            Assert.Equal(2, read.Count);
            Assert.Equal(((ushort)8, 0L, 1), read[1]);
            Assert.Equal(isCut ? payload : 0, read[0].Oversize);
            Assert.Equal(payload > 1010, isCut);
            Assert.True(isCut ? read[0].Kept is > 1000 and <= 1024 : read[0].Kept == payload);
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> Read(PacketReader reader, ref ReadOnlySequence<byte> input)
    {
        var read = new List<string>();
        while (reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
        {
            Assert.True(PublishPacket.TryRead(frame, MqttVersion.V5, out var packet, out var fault), fault.Reason);
            read.Add($"{packet.Qos} {packet.PacketId} {Encoding.UTF8.GetString(packet.Topic)} {Convert.ToHexString(packet.Payload)}");
        }

        return read;
    }

    private static string Words(Message message) => $"{message.SafeQos} {message.SafeId} {message.SafeTopic} {Convert.ToHexString(message.Payload ?? [])}";

    private static byte[] Encode(Message[] messages)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            new PublishPacket
            {
                Qos = message.SafeQos,
                PacketId = message.SafeId,
                Topic = Encoding.UTF8.GetBytes(message.SafeTopic),
                Payload = message.Payload,
            }.WriteTo(output, MqttVersion.V5);
        }

        return output.WrittenSpan.ToArray();
    }

    public sealed record Message(byte Qos, ushort Id, string? Topic, byte[]? Payload)
    {
        public byte SafeQos => (byte)(Qos % 3);

        public ushort SafeId => SafeQos == 0 ? (ushort)0 : Math.Max((ushort)1, Id);

        public string SafeTopic => "t" + new string([.. (Topic ?? "").Where(c => c != '\0' && !char.IsSurrogate(c))]);
    }
}
