using SmartFarm.IntegrationTests;
using SmartFarm.IntegrationTests.Console;
using SmartFarm.IntegrationTests.Scenarios;
using SmartFarm.IntegrationTests.Worker;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongOnesFirst))]

namespace SmartFarm.IntegrationTests;

/// <summary>Classes that take long begin first: the tests of a class run one after another, and one that began last would be waited for alone.</summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private static readonly Type[] s_long =
    [
        typeof(The_library_of_scenarios), typeof(The_campaign_in_its_short_form), typeof(The_speed_script_works), typeof(The_road_on_real_servers), typeof(The_page_shows_the_farm),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => s_long.Any(l => c.TestCollectionDisplayName.Contains(l.FullName!, StringComparison.Ordinal)))];
}
