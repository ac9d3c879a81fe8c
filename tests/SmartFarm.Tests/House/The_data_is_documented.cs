using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Tests.Dashboards;
using Xunit;

namespace SmartFarm.Tests.House;

public sealed class The_data_is_documented
{
    [Fact]
    public void Every_measurement_stands_in_the_table_with_its_tags()
    {
        var documented = Rows().Where(r => r.Length == 3).Select(r => $"{r[0]}: {r[1]}");

        Assert.Equal(KnownSchema.Measurements.Select(m => $"{m.Key}: {string.Join(", ", m.Value.Tags)}").Order(), documented.Order());
    }

    [Fact]
    public void Every_field_stands_in_the_table_but_those_that_are_named_after_others()
    {
        var documented = Rows().Where(r => r.Length == 4 && !r[1].StartsWith('{')).Select(r => $"{r[0]}.{r[1]}");
        var stored = KnownSchema.Measurements.Where(m => m.Key != Schema.Worker)
            .SelectMany(m => m.Value.Fields.Except(KnownSchema.Wanted).Where(f => m.Key == Schema.Usage || !Quantities.TryGet(f, out _)).Select(f => $"{m.Key}.{f}"));

        Assert.Equal(stored.Order(), documented.Order());
    }

    private static IEnumerable<string[]> Rows() => File.ReadLines(Repository.PathOf("docs", "data.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
        .Select(l => l.Trim('|').Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries));
}
