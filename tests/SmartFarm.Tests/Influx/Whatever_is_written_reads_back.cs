using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Whatever_is_written_reads_back
{
    private const string Odd = "a\\ ,=\"'\n\r\t\0#é온🌡";

    private static readonly Gen<string> AnyText = Gen.Elements(Odd.ToCharArray()).ListOf().Select(chars => new string([.. chars]));

    [Fact]
    public void A_row_that_is_not_refused_reads_back_exactly()
    {
        var written = 0;
        Prop.ForAll(AnyRow().ToArbitrary(), row =>
        {
            var line = Rows.Write(row, out var refused);
            var kept = row with
            {
                Tags = [.. row.Tags.Where(tag => tag.Value.Length > 0)],
                Fields = [.. row.Fields.Where(field => !refused.Contains(field.Key))],
            };
            if (line is null)
            {
                Assert.True(refused.Contains("series") || kept.Fields.Count == 0);
                return;
            }

            written++;
            Assert.EndsWith("\n", line);
            Assert.Equal(WithoutLoneSurrogates(kept.Canonical), LineProtocolParser.Parse(line[..^1]).Canonical);
            Assert.Equal(new Range(0, System.Text.Encoding.UTF8.GetByteCount(line) - 1), Assert.Single(LineProtocolLines.Split(System.Text.Encoding.UTF8.GetBytes(line))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Assert.True(written > 300, $"only {written} rows were sayable");
    }

    [Fact]
    public void Every_finite_float_reads_back_to_the_same_bits()
    {
        Prop.ForAll<long>(bits =>
        {
            var value = BitConverter.Int64BitsToDouble(bits * 0x9E3779B97F4A7C1);
            var line = Rows.Write(new ParsedRow("m", [], [KeyValuePair.Create("f", (object)value)], 0), out var refused);

            Assert.Equal(double.IsFinite(value), refused.Count == 0);
            if (line is not null)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits((double)LineProtocolParser.Parse(line[..^1]).Fields[0].Value));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static Gen<ParsedRow> AnyRow()
    {
        var name = Gen.Frequency((3, Gen.Elements("m", "co2", "a b", "a,b=c", "\"q\"", "x\\y")), (1, AnyText));
        var tags = Gen.Zip(name, name).ListOf(2).Select(pairs => pairs.DistinctBy(p => p.Item1).Select(p => KeyValuePair.Create(p.Item1, p.Item2)).ToList());
        var value = Gen.OneOf(
            ArbMap.Default.GeneratorFor<double>().Select(x => (object)x),
            ArbMap.Default.GeneratorFor<long>().Select(x => (object)x),
            ArbMap.Default.GeneratorFor<bool>().Select(x => (object)x),
            AnyText.Select(x => (object)x));
        var fields = Gen.Zip(name, value).ListOf(3).Select(pairs => pairs.DistinctBy(p => p.Item1).Select(p => KeyValuePair.Create(p.Item1, p.Item2)).ToList());
        return Gen.Zip(Gen.Zip(name, tags), Gen.Zip(fields, ArbMap.Default.GeneratorFor<long>()))
            .Select(x => new ParsedRow(x.Item1.Item1, x.Item1.Item2, x.Item2.Item1, x.Item2.Item2));
    }

    private static string WithoutLoneSurrogates(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
