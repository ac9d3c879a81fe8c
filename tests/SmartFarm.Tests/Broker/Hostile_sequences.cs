using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>
/// The packet sequences that mosquitto throws at its client library, thrown at the broker, before and after CONNECT. They are written for the
/// other side, so what is right for each is not said; but a fault of the broker, or a connection left hanging, is wrong for every one.
/// </summary>
public sealed partial class Hostile_sequences
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_is_sent_the_broker_answers_or_closes_and_goes_on(bool connectsFirst)
    {
        Assert.SkipWhen(Repository.SharedData is null, "The reference data is not beside the checkout.");
        await using var host = await BrokerHost.StartAsync();
        using var bystander = await host.ConnectAsync("bystander");
        var count = 0;
        foreach (var (version, bytes) in Sequences())
        {
            using var client = connectsFirst ? await host.ConnectAsync("hostile", version) : await host.OpenAsync(version);
            await client.SendLastAsync(bytes);
            await client.ReadToEndAsync();
            count++;
        }

        Assert.True(count > 1500, $"Only {count} sequences were found.");
        await bystander.PingAsync();
        await bystander.ExpectAsync(PacketType.PingResp);
        await host.UntilAsync(s => s is { Connections: 1, InternalErrors: 0 } && s.Sessions <= 3 && s.ProtocolErrors > 500);
    }

    private static IEnumerable<(MqttVersion Version, byte[] Bytes)> Sequences()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.SharedData!, "torture", "mqtt_client_sequences"), "*.json").Order())
        {
            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var version = group.GetProperty("ver").GetInt32() == 5 ? MqttVersion.V5 : MqttVersion.V311;
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    var sent = test.GetProperty("msgs").EnumerateArray().Where(m => m.GetProperty("type").GetString() == "send");
                    yield return (version, sent.SelectMany(m => Encode(m.GetProperty("payload").GetString()!)).ToArray());
                }
            }
        }
    }

    // The notation is told in the README of the data.
    private static IEnumerable<byte> Encode(string payload) => Word().Matches(payload).SelectMany(word => EncodeWord(word.Value));

    private static byte[] EncodeWord(string word)
    {
        var number = word.Length > 1 && long.TryParse(word[1..], CultureInfo.InvariantCulture, out var value) ? value : 0;
        var bytes = new byte[8];
        switch (word[0])
        {
            case '\'':
                return Encoding.UTF8.GetBytes(word[1..^1]);
            case 'r' or 'v':
                return number <= VariableByteInteger.Max ? bytes[..VariableByteInteger.Write(bytes, (int)number)] : [0x80, 0x80, 0x80, 0x80, 0x01];
            case 's' or 'k' or 'm' or 'H':
                BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)number);
                return bytes[..2];
            case 'L':
                BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
                return bytes[..4];
            case 'i':
                return [(byte)number];
            default:
                return Convert.FromHexString(word);
        }
    }

    [GeneratedRegex("'[^']*'|[^ ]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
