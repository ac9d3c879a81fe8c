using SmartFarm.Configuration.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>Thirty rules of a zone: what a reading costs on the heap and a zone in memory. Red when a step allocates though nothing is decided. Times are measured by the benchmarks.</summary>
public sealed class Rules_cost_little
{
    private const long StartMs = 1_780_300_000_000;

    private static ZoneRules Zone { get; } = RuleLoader.Parse(RuleLoad.Rules, FarmLoader.Parse(RuleLoad.Farm(1)).Farm!) is { Book: { } book }
        ? book.Zones[0]
        : throw new InvalidOperationException(string.Join('\n', RuleLoader.Parse(RuleLoad.Rules, FarmLoader.Parse(RuleLoad.Farm(1)).Farm!).Errors));

    [Fact]
    public void There_are_as_many_rules_as_the_benchmarks_say() => Assert.Equal(RuleLoad.RulesOfZone, Zone.Sources.Count);

    [Fact]
    public void Readings_that_change_no_decision_leave_nothing_on_the_heap()
    {
        var engine = new ZoneEngine(Zone);
        var state = engine.Start();
        var output = new RuleOutput();
        var readings = RuleLoad.Sensors.Select(s => Seen(s.Name, s.Usual)).ToArray();
        Tell(engine, state, output, readings, rounds: 400);
        output.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Tell(engine, state, output, readings, rounds: 20, StartMs + (400 * 10_000));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(output.IsEmpty, $"{output.Traces.FirstOrDefault()}");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_zone_takes_less_than_a_hundred_kilobytes()
    {
        // What is made once for the process, the rules of this class among it, is not the zone's.
        GC.KeepAlive(new ZoneEngine(Zone).Start());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = new ZoneEngine(Zone).Start();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000);
        GC.KeepAlive(state);
    }

    private static void Tell(ZoneEngine engine, ZoneRuleState state, RuleOutput output, RuleEvent[] readings, int rounds, long startMs = StartMs)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < readings.Length; i++)
            {
                // A tenth of a unit to and fro: values change, decisions do not.
                var timeMs = startMs + (round * 10_000L) + i;
                engine.Step(state, readings[i] with { TimeMs = timeMs, Value = readings[i].Value + (round % 2 * 0.001) }, output);
            }
        }
    }

    private static RuleEvent Seen(string name, double value) => RuleRun.Observed(Zone, 0, name, value);
}
