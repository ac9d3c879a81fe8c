using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Payloads;

/// <summary>The way for plain payloads against the general one, and the grammar against System.Text.Json.</summary>
public sealed class Telemetry_reads_the_same_on_both_ways
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ",", ":", ":", "\"", " ", "\n", "\\", "\\u0041", "\\ud83d\\ude00", "\\ud800", "é", "\u0001", "true", "null", "-", "0", "12", "1.5", ".25", "e5", "E-2", "01", "-0", "-0.0",
        "123456789012345", "1234567890123456", "0.1234567890123456", "9007199254740993", "1e400", "\"ts\":", "\"seq\":", "\"position\":\"10cm\"", "\"air_temperature\":", "\"relative_humidity\":", "\"mojo\":",
        "\"2026-11-22T08:00:00Z\"", "\"2026-11-22T08:00:00.250Z\"", "\"2026-02-29T08:00:00Z\"", "\"2026-11-22T08:00:00+05:00\"", "\"2026-11-22T24:00:00Z\"", "1795347683000", "253402300800000", "{\"v\":74.1,\"u\":\"[degF]\"}",
    ];

    private static readonly string[] Good =
    [
        """{"ts":"2026-11-22T08:00:00.250Z","seq":4711,"air_temperature":23.4,"relative_humidity":61.2}""",
        """{"ts": 1795347683000, "air_temperature": -3.25, "battery": 3.7}""",
        """{"seq":1,"co2":412}""",
        """[{"ts":1795347683000,"co2":412},{"ts":1795347684000,"co2":413}]""",
    ];

    [Fact]
    public void A_plain_payload_as_a_general_one()
    {
        var plain = 0;
        Prop.ForAll(Payloads.ToArbitrary(), payload =>
        {
            var bytes = Encoding.UTF8.GetBytes(payload);
            var fast = new DecodedMessage();
            if (FlatObject.TryRead(bytes, fast))
            {
                plain++;
                var general = new DecodedMessage();
                NativeFormat.DecodeAny(bytes, general);
                Assert.Empty(general.Failures);
                Assert.Equal(Bits(general), Bits(fast));
            }
            else
            {
                Assert.Equal(0, fast.Readings.Length);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.True(plain > 500, $"Only {plain} payloads were plain.");
    }

    [Fact]
    public void The_grammar_as_System_Text_Json() =>
        Prop.ForAll(Payloads.ToArbitrary(), payload => Agree(Encoding.UTF8.GetBytes(payload))).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void The_grammar_on_the_files_of_the_JSON_test_suite()
    {
        var folder = Repository.SharedData is { } data ? Path.Combine(data, "torture", "json_nst", "test_parsing") : null;
        if (folder is null)
        {
            Assert.Skip("The JSON test suite is not here.");
        }

        var files = Directory.GetFiles(folder);
        Assert.True(files.Length > 300);
        Assert.All(files, file =>
        {
            var text = File.ReadAllBytes(file);
            Assert.True(!System.Text.Unicode.Utf8.IsValid(text) || Agree(text), Path.GetFileName(file));
        });
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_grammar_on_depth(int depth, bool isTaken)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth - 1)) + "{}" + string.Concat(Enumerable.Repeat(close, depth - 1)));
            Assert.Equal(isTaken, JsonGrammar.Accepts(text, out _));
            Assert.True(Agree(text));
        }
    }

    private static Gen<string> Payloads => Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
        Gen.Elements(Good).SelectMany(good => Gen.Choose(0, good.Length), (good, at) => (good, at))
            .SelectMany(x => Gen.Choose(0, 3), (x, removed) => (x.good, x.at, removed))
            .SelectMany(_ => Gen.OneOf(Gen.Elements(Pieces), Gen.Constant("")), (x, piece) => x.good[..x.at] + piece + x.good[Math.Min(x.good.Length, x.at + x.removed)..]));

    private static List<(string, long, long?, long?, string?)> Bits(DecodedMessage message)
    {
        var readings = new List<(string, long, long?, long?, string?)>();
        foreach (var r in message.Readings)
        {
            readings.Add((r.Quantity.Name, BitConverter.DoubleToInt64Bits(r.Value), r.TimeMs, r.Seq, r.Position));
        }

        return readings;
    }

    private static bool Agree(byte[] text) => JsonGrammar.Accepts(text, out _) == IsJson(text);

    private static bool IsJson(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
