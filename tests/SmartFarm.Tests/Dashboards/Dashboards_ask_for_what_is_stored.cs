using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Testing.Dashboards;
using Xunit;

namespace SmartFarm.Tests.Dashboards;

/// <summary>InfluxDB answers a misspelt name with an empty result, which looks like a quiet greenhouse: so names are checked here.</summary>
public sealed class Dashboards_ask_for_what_is_stored
{
    public static TheoryData<string> Files => [.. Dashboard.Names];

    /// <summary>All but the worker's own: that list is read from the code which writes it.</summary>
    public static TheoryData<string> Measurements => [.. KnownSchema.Measurements.Keys.Where(m => m != Schema.Worker)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_in_a_query_is_a_measurement_tag_or_field_of_the_schema(string file)
    {
        Assert.Empty(Dashboard.Load(file).Queries.SelectMany(Problems));
    }

    [Theory]
    [InlineData("""SELECT mean("vdp") FROM "climate" WHERE $timeFilter""", "vdp")]
    [InlineData("""SELECT mean("vpd") FROM "climates" WHERE $timeFilter""", "climates")]
    [InlineData("""SELECT mean("vpd") FROM "climate" WHERE "zoen" =~ /^$zone$/""", "zoen")]
    public void A_misspelt_name_is_found(string query, string name)
    {
        Assert.Contains(Problems(new DashboardQuery("here", query, IsVariable: false)), p => p.Contains(name));
    }

    [Theory]
    [MemberData(nameof(Measurements))]
    public void Every_field_of_the_schema_is_written_by_the_pipeline(string measurement)
    {
        var source = string.Concat(Directory.GetFiles(Repository.PathOf("src", "SmartFarm.Pipeline"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var fields = KnownSchema.Measurements[measurement].Fields.Where(f => !Quantities.TryGet(f, out _)).Except(KnownSchema.Wanted);

        Assert.All(fields, f => Assert.True(f == Schema.Trust || source.Contains($"\"{f}\""), $"No code of the pipeline writes '{f}'."));
    }

    private static IEnumerable<string> Problems(DashboardQuery query)
    {
        if (!KnownSchema.Measurements.TryGetValue(query.Measurement, out var known))
        {
            return [$"{query.Where}: no measurement is called '{query.Measurement}'"];
        }

        return query.Names.Except(known.Tags).Except(known.Fields).Select(n => $"{query.Where}: '{n}' is neither a tag nor a field of {query.Measurement}");
    }
}
