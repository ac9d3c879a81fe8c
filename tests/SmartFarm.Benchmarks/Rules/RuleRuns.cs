using System.Diagnostics;
using SmartFarm.Configuration.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;

namespace SmartFarm.Benchmarks.Rules;

/// <summary>
/// <c>SmartFarm.Benchmarks rules</c>: what the rules of a thousand zones with thirty rules each cost per reading, on the heap, in memory, and for a month played again.
/// </summary>
internal static class RuleRuns
{
    private const int Zones = 1000;
    private const long StartMs = 1_780_300_000_000;
    private const long StaleAfterMs = 600_000;
    private const long IntervalMs = 10_000;

    public static int Run()
    {
        var farm = FarmLoader.Parse(RuleLoad.Farm(Zones)).Farm ?? throw new InvalidOperationException("The farm of the benchmark is wrong.");
        var loading = Stopwatch.StartNew();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var result = RuleLoader.Parse(RuleLoad.Rules, farm);
        var book = result.Book ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
        System.Console.WriteLine($"compiled {Zones} zones with {book.Zones[0].Sources.Count} rules in {loading.Elapsed.TotalSeconds:0.00} s");
        var engines = book.Zones.Select(z => new ZoneEngine(z)).ToArray();
        var states = engines.Select(e => e.Start()).ToArray();
        var output = new RuleOutput();
        var day = Day(book.Zones[0]);
        foreach (var e in day)
        {
            Tell(engines, states, e, output);
        }

        System.Console.WriteLine($"memory {(GC.GetTotalMemory(forceFullCollection: true) - empty) / Zones / 1000.0:0.0} kB per zone, its rules included");
        Costs(engines, states, day, output);
        Month(book.Zones[0], output);
        GC.KeepAlive(book);
        return 0;
    }

    /// <summary>Each reading of one quantity goes to a zone; zones take turns, as messages do.</summary>
    private static void Costs(ZoneEngine[] engines, ZoneRuleState[] states, IReadOnlyList<RuleEvent> before, RuleOutput output)
    {
        var (changing, same) = (new List<double>(engines.Length * 150), new List<double>(engines.Length * 150));
        long allocated = 0;
        var timeMs = before[^1].TimeMs;
        for (var round = 1; round <= 30; round++)
        {
            timeMs += IntervalMs;
            for (var sensor = 0; sensor < RuleLoad.Sensors.Count; sensor++)
            {
                var isSame = round % 2 == 0;
                var e = Reading(engines[0].Rules, sensor, isSame ? timeMs - IntervalMs : timeMs) with { TimeMs = timeMs };
                var heap = GC.GetAllocatedBytesForCurrentThread();
                for (var zone = 0; zone < engines.Length; zone++)
                {
                    var start = Stopwatch.GetTimestamp();
                    engines[zone].Step(states[zone], e, output);
                    (isSame ? same : changing).Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
                }

                // What is written down when something changes is not the cost of a reading.
                allocated += output.IsEmpty && isSame ? GC.GetAllocatedBytesForCurrentThread() - heap : 0;
                output.Clear();
            }
        }

        Print("a reading that changes its value", changing);
        Print("a reading of the same value", same);
        System.Console.WriteLine($"allocated while nothing changes: {allocated} B by {same.Count} readings");
    }

    private static void Month(ZoneRules rules, RuleOutput output)
    {
        var engine = new ZoneEngine(rules);
        var state = engine.Start();
        var (readings, decisions) = (0, 0);
        var watch = Stopwatch.StartNew();
        for (var timeMs = StartMs; timeMs < StartMs + (30L * 86_400_000); timeMs += 60_000)
        {
            for (var sensor = 0; sensor < RuleLoad.Sensors.Count; sensor++, readings++)
            {
                engine.Step(state, Reading(rules, sensor, timeMs), output);
            }

            decisions += output.Decisions.Count;
            output.Clear();
        }

        System.Console.WriteLine($"a month of one zone, {readings} readings of {RuleLoad.Sensors.Count} sensors a minute: {watch.Elapsed.TotalSeconds:0.00} s, {decisions} decisions");
    }

    private static RuleEvent[] Day(ZoneRules rules) =>
        [.. from minute in Enumerable.Range(0, 120) from sensor in Enumerable.Range(0, RuleLoad.Sensors.Count) select Reading(rules, sensor, StartMs + (minute * 60_000L))];

    private static void Tell(ZoneEngine[] engines, ZoneRuleState[] states, in RuleEvent e, RuleOutput output)
    {
        for (var zone = 0; zone < engines.Length; zone++)
        {
            engines[zone].Step(states[zone], e, output);
        }

        output.Clear();
    }

    /// <summary>The sensor at a time: its daily swing and a little noise.</summary>
    private static RuleEvent Reading(ZoneRules rules, int sensor, long timeMs)
    {
        var (name, usual, swing) = RuleLoad.Sensors[sensor];
        var isSite = name.StartsWith("site.", StringComparison.Ordinal);
        var noise = (timeMs / 1000 * 2654435761 % 1000 / 1000.0) - 0.5;
        var value = Math.Max(0, usual + (swing * Math.Sin(timeMs % 86_400_000 / 86_400_000.0 * Math.Tau)) + (0.05 * swing * noise));
        return RuleEvent.Observed(timeMs, rules.SignalIndex(isSite ? SignalScope.Site : SignalScope.Zone, "", isSite ? name[5..] : name), value, isUsable: true, StaleAfterMs);
    }

    private static void Print(string what, List<double> ns)
    {
        ns.Sort();
        System.Console.WriteLine($"{what}: median {ns[ns.Count / 2] / 1000:0.00} µs, p99 {ns[(int)(ns.Count * 0.99)] / 1000:0.00} µs of {ns.Count}");
    }
}
