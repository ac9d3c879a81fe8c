using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Simulator.Wiretap;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed partial class A_wiretap_says_what_every_byte_means
{
    // MQTT 5: CONNECT of client "c1" with user "u" and password "pw", keep alive 30 s, clean start, will "w" = "x", retained, QoS 1.
    private static readonly byte[] Connect = Convert.FromHexString("101d00044d51545405ee001e00000263310000017700017800017500027077");
    private static readonly byte[] Publish = Convert.FromHexString("320a0003612f620003006869");
    private static readonly byte[] Subscribe = Convert.FromHexString("82090001000003612f2301");
    private static readonly byte[] Ping = Convert.FromHexString("c000");

    private readonly List<string> _shown = [];
    private readonly TestTimeProvider _time = new();

    [Fact]
    public void A_connect_is_told_without_its_password()
    {
        using var talk = new Talk(_shown.Add, _time);

        talk.Up(Connect);

        var text = Assert.Single(_shown);
        Assert.Contains("c1 → broker  CONNECT as 'c1', MQTT 5.0, keep alive 30 s, a new session, user 'u', with a password; will QoS 1, retained: w x", text);
        Assert.Contains("** **", text);
        Assert.DoesNotContain("70 77", text);
        Assert.DoesNotContain("pw", text);
    }

    [Fact]
    public void A_message_stands_with_topic_payload_and_bytes()
    {
        using var talk = new Talk(_shown.Add, _time);

        talk.Down(Publish);

        Assert.EndsWith("""
            a node ← broker  PUBLISH message 3, QoS 1: a/b hi
                0000  32 0a 00 03 61 2f 62 00 03 00 68 69              2...a/b...hi
            """.ReplaceLineEndings("\n").Trim(), _shown[0]);
    }

    [Theory]
    [InlineData("c000", "PINGREQ: are you there?")]
    [InlineData("d000", "PINGRESP: I am here")]
    [InlineData("40020007", "PUBACK of message 7: fine")]
    [InlineData("4003000787", "PUBACK of message 7: refused, not authorized (0x87)")]
    [InlineData("2003010000", "CONNACK fine, session kept")]
    [InlineData("2006000003210014", "CONNACK fine, no session kept; receive maximum 20")]
    [InlineData("4003000710", "PUBACK of message 7: fine, no matching subscribers (0x10)")]
    [InlineData("82090001000003612f2301", "SUBSCRIBE 1: a/# at QoS 1")]
    [InlineData("900400010001", "SUBACK of 1: granted QoS 1")]
    [InlineData("900400010087", "SUBACK of 1: refused, not authorized (0x87)")]
    [InlineData("e000", "DISCONNECT: goodbye, forget the will")]
    [InlineData("ff00", "no MQTT")]
    [InlineData("30020005", "PUBLISH that is none")]
    public void Every_packet_has_its_words(string bytes, string words)
    {
        using var talk = new Talk(_shown.Add, _time);

        talk.Up(Convert.FromHexString(bytes));

        Assert.Contains(words, Assert.Single(_shown));
    }

    [Fact]
    public void However_the_bytes_arrive_each_is_shown_once_and_in_its_packet()
    {
        byte[][] packets = [Connect, Subscribe, Publish, Ping, Publish];
        byte[] all = [.. packets.SelectMany(packet => packet)];
        Prop.ForAll(Arb.From(Gen.Choose(1, all.Length).ListOf()), sizes =>
        {
            _shown.Clear();
            using var talk = new Talk(_shown.Add, _time);
            var at = 0;
            foreach (var size in sizes.Append(all.Length))
            {
                var take = Math.Min(size, all.Length - at);
                talk.Up(all.AsSpan(at, take));
                at += take;
            }

            return _shown.Count == packets.Length && _shown.Zip(packets).All(pair => BytesIn(pair.First) == pair.Second.Length);
        }).QuickCheckThrowOnFailure();

        static int BytesIn(string text) => HexLine().Matches(text).Sum(line => line.Groups["bytes"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [GeneratedRegex("^    [0-9a-f]{4}  (?<bytes>.{48})", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex HexLine();
}
