using System.Buffers;
using System.Text.Json;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

/// <summary>tests/cases/mqtt/packets.json: bytes, and what they mean.</summary>
public sealed class Packets_of_every_type
{
    public static TheoryData<string> Names => [.. Cases().Select(c => c.Name)];

    [Fact]
    public void Have_cases() =>
        Assert.Equal(Enum.GetNames<PacketType>().Order(), Cases().Select(c => c.Expect["type"]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_decoded_and_encoded_again(string name)
    {
        var (bytes, version, expect) = Find(name);
        var input = new ReadOnlySequence<byte>(bytes);
        using var reader = new PacketReader(10_000, Oversize.Refuse);
        Assert.Equal(ReadStatus.Packet, reader.Read(ref input, out var frame, out var fault));
        var (fields, encoded, contentFault) = PacketText.Decode(frame, version);
        Assert.False(fault.IsFault || contentFault.IsFault, contentFault.Reason);
        Assert.Equal(expect, fields);
        Assert.Equal(Hex.Encode(bytes), Hex.Encode(encoded));
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_not_yet_there_while_a_byte_is_missing(string name)
    {
        var (bytes, _, _) = Find(name);
        using var reader = new PacketReader(10_000, Oversize.Refuse);
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.Equal(ReadStatus.NotYet, reader.Read(ref input, out _, out _));
            Assert.Equal(length, input.Length);
        }
    }

    // The fixed header promises less than the content needs. Where that is a whole packet again, it must at least not be the same.
    [Theory]
    [MemberData(nameof(Names))]
    public void Are_refused_or_something_else_when_cut_short_with_a_fitting_length(string name)
    {
        var (bytes, version, expect) = Find(name);
        var headerSize = bytes[1] < 128 ? 2 : 3;
        for (var length = 0; length < bytes.Length - headerSize; length++)
        {
            var frame = new Frame(bytes[0], bytes.AsSpan(headerSize, length), length);
            var (fields, _, fault) = PacketText.Decode(frame, version);
            Assert.True(fault.IsFault || !fields.SequenceEqual(expect), $"{length} bytes of {name}");
        }
    }

    private static (byte[] Bytes, MqttVersion Version, SortedDictionary<string, string> Expect) Find(string name)
    {
        var found = Cases().Single(c => c.Name == name);
        return (Hex.Decode(found.Hex), (MqttVersion)found.Version, new SortedDictionary<string, string>(found.Expect, StringComparer.Ordinal));
    }

    private static Case[] Cases() =>
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "mqtt", "packets.json")), JsonSerializerOptions.Web)!;

    private sealed record Case(string Name, int Version, string Hex, Dictionary<string, string> Expect);
}
