using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>
/// Runs <c>tests/cases/rules/behaviour/*.yaml</c>: values over time in, every decision out, against the shipped farm; with the shipped
/// rules when a case has none. Each case also runs with a restart after every event and with ticks every second: nothing may change.
/// </summary>
public sealed class Rule_cases
{
    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "behaviour");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_as_written(string file, string name) => Check(file, name, Disturbance.None);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_the_same_when_restarted_after_every_event(string file, string name) => Check(file, name, Disturbance.Restarts);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_the_same_however_often_it_is_told_the_time(string file, string name) => Check(file, name, Disturbance.Ticks);

    private static void Check(string file, string name, Disturbance disturbance)
    {
        var it = CaseFiles.Find(file, name);
        var run = new RuleRun(RuleRun.Compile(it.Get("rules") is null ? null : it.Text("rules")), disturbance);
        var staleAfterMs = it.Get("stale_after")?.AsDuration()?.TotalMilliseconds ?? 3_600_000;
        foreach (var e in it.Maps("events").SelectMany(map => Events(run.Engine.Rules, map, (long)staleAfterMs)))
        {
            run.Step(e);
        }

        var actuators = run.Engine.Rules.Actuators;
        var actual = run.Decisions.Select(d =>
            $"{Durations.Format(TimeSpan.FromMilliseconds(d.TimeMs))}: {d.Actuator} {Targets.Format(actuators.Single(a => a.Id == d.Actuator), d.Target)}"
            + $" by {d.Authority} {d.Source.Split('@')[0]}");
        Assert.Equal(it.Maps("expect").Select(e => $"{e.Text("at")}: {e.Text("want")} by {e.Text("by")}"), actual);
        Assert.All(it.Maps("expect").Zip(run.Decisions), pair => Assert.Contains(pair.First.Get("because")?.AsScalar()!.Text ?? "", pair.Second.Reason));
        foreach (var text in it.List("traces").Select(t => t.AsScalar()!.Text))
        {
            Assert.Contains(run.Traces, t => $"{Durations.Format(TimeSpan.FromMilliseconds(t.TimeMs))}: {t.Rule.Split('@')[0]} {t.Truth}: {t.Text}".Contains(text));
        }
    }

    private static IEnumerable<RuleEvent> Events(SmartFarm.Rules.ZoneRules rules, YamlMap map, long staleAfterMs)
    {
        var timeMs = (long)map.Get("at")!.AsDuration()!.Value.TotalMilliseconds;
        if (map.Entries.Count == 1)
        {
            yield return RuleEvent.Tick(timeMs);
        }

        foreach (var (key, value) in map.Entries.Skip(1))
        {
            Assert.True(Quantities.TryGet(key.Text.Replace("site.", ""), out var quantity));
            var isUsable = Amount.TryParse(value.AsScalar()!.Text, out var amount);
            Assert.True(isUsable ? Units.TryGet(amount.Unit, out var unit) && unit == quantity.Unit : value.AsScalar()!.Text == "flagged");
            yield return RuleRun.Observed(rules, timeMs, key.Text, amount.Value, isUsable, staleAfterMs);
        }
    }
}
