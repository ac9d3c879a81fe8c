using System.Buffers;
using System.Text.Json;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

/// <summary>tests/cases/mqtt/malformed.json: bytes that no right peer sends, and the statement they break.</summary>
public sealed class Malformed_packets
{
    public static TheoryData<int, string> Names => [.. Cases().Select(c => new TheoryDataRow<int, string>(c.Version, c.Name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_refused_with_the_code_and_the_statement(int version, string name)
    {
        var found = Cases().Single(c => c.Name == name && c.Version == version);
        var input = new ReadOnlySequence<byte>(Hex.Decode(found.Hex));
        using var reader = new PacketReader(10_000, Oversize.Refuse);
        var status = reader.Read(ref input, out var frame, out var fault);
        Assert.NotEqual(ReadStatus.NotYet, status);
        if (status == ReadStatus.Packet)
        {
            fault = PacketText.Decode(frame, (MqttVersion)version).Fault;
        }

        Assert.Equal(found.Code, $"{fault.Code:X2}");
        Assert.Contains(found.Statement, fault.Reason);
    }

    private static Case[] Cases() =>
        JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "mqtt", "malformed.json")), JsonSerializerOptions.Web)!;

    private sealed record Case(string Name, int Version, string Hex, string Code, string Statement);
}
