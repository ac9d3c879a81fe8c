using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.House;

public sealed class The_worker_fields_are_documented
{
    [Fact]
    public void Each_stands_in_the_table_with_its_unit_kind_and_meaning()
    {
        var table = File.ReadLines(Repository.PathOf("docs", "operations.md"))
            .SkipWhile(l => l != "## What the worker tells about itself").Where(l => l.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(KnownFields.Worker.Select(f => $"| `{f.Name}` | {f.Unit} | {f.Kind.ToString().ToLowerInvariant()} | {f.Help} |").Order(), table.Order());
    }

    [Fact]
    public void No_name_is_given_twice() => Assert.Equal(KnownFields.Worker.Count, KnownFields.Worker.Select(f => f.Name).Distinct().Count());
}
