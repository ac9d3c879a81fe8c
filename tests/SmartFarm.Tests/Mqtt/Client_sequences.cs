using System.Text.Json;
using System.Text.RegularExpressions;
using SmartFarm.Mqtt;
using SmartFarm.Testing;
using SmartFarm.Tests.Mqtt.Fakes;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

/// <summary>
/// The packet sequences of mosquitto's own client tests: what a broker may send, and whether the client must hang up. Where ours does
/// otherwise, on purpose, the table says why.
/// </summary>
public sealed class Client_sequences
{
    private const string QuarantineTopic = "The receiver puts such a topic aside with its name; hanging up would bring the message back for ever.";

    private const string NotUsed = "We do not use it, and hanging up would bring the message back for ever.";

    private static readonly (string File, string Pattern, string Why)[] s_deviations =
    [
        ("PUBLISH", "30 topic with U\\+00", QuarantineTopic),
        ("PUBLISH", "MQTT-3.3.2-2", QuarantineTopic),
        ("PUBLISH", "response-topic .*(empty|wildcard)", NotUsed),
        ("PUBLISH", "2\\*subscription-identifier=1", "MQTT 5 §3.3.2.3.8 allows several, and does not forbid the same."),
        ("PUBLISH", "QoS 2 Dup", "We subscribe at QoS 1: a broker that sends QoS 2 breaks the protocol."),
        ("CONNACK", "v5.0   CONNACK \\| 20 long", "A byte behind the properties is malformed."),
        ("UNSUBACK", "v5.0 .*\\| B0( with property)?$", "One reason code for each filter is due [MQTT-3.11.3-1]."),
        ("UNSUBACK", "0xFF unknown", "The codec knows the reason codes of the standard only [MQTT-3.11.3-2]."),
    ];

    public static TheoryData<string> Files => ["AUTH", "CONNACK", "CONNECT", "DISCONNECT", "FORBIDDEN", "PINGREQ", "PINGRESP", "PUBACK", "PUBLISH", "PUBREC", "SUBSCRIBE", "UNSUBACK", "UNSUBSCRIBE"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Are_answered_as_mosquitto_demands(string file)
    {
        var folder = Repository.SharedData is { } data ? Path.Combine(data, "torture", "mqtt_client_sequences") : null;
        Assert.SkipWhen(folder is null, "The packet sequences of mosquitto (shared data) are not beside this checkout.");
        var groups = JsonSerializer.Deserialize<SequenceGroup[]>(File.ReadAllText(Path.Combine(folder!, file + ".json")), SequenceGroup.Json)!;
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        var cases = groups.SelectMany(g => g.Tests.Select(t => (Group: g, Test: t))).ToList();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (c, _) =>
        {
            var hungUp = !await StaysAliveAsync(c.Group, c.Test);
            var name = $"{c.Group.Group} | {c.Test.Name}";
            var deviates = s_deviations.Any(d => d.File == file && Regex.IsMatch(name, d.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
            if (hungUp != (c.Group.Expects(c.Test) != deviates))
            {
                wrong.Add($"{name}: {(hungUp ? "hung up" : "went on")}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {cases.Count}:\n" + string.Join('\n', wrong.Order()));
    }

    // Alive is who still acknowledges a message that comes last.
    private static async Task<bool> StaysAliveAsync(SequenceGroup group, SequenceTest test)
    {
        var version = (test.Ver ?? group.Ver) == 5 ? MqttVersion.V5 : MqttVersion.V311;
        await using var broker = new FakeBroker();
        var options = broker.Options(version) with { Subscriptions = [], SessionExpiry = TimeSpan.Zero, MinBackoff = TimeSpan.FromSeconds(60), MaxBackoff = TimeSpan.FromSeconds(60) };
        await using var session = Sessions.Start(options);
        using var connection = await broker.AcceptAsync();
        await connection.ReadPacketAsync();
        if ((test.Connect ?? group.Connect) && (test.Connack ?? group.Connack))
        {
            await connection.SendAsync(version == MqttVersion.V5 ? "20 03 00 00 00" : "20 02 00 00");
        }

        var bytes = test.Msgs.Where(m => m.Type == "send").SelectMany(m => SequenceGroup.Bytes(m.Payload));
        await connection.SendAsync(bytes.Concat(FakeConnection.Publish(0x5555, version: version)).ToArray());
        return await connection.ReadUntilAsync("40025555");
    }
}
