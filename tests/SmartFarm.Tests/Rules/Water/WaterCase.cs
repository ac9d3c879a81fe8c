using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules.Water;

/// <summary>
/// A case of <c>tests/cases/rules/water/*.yaml</c>: rules for its farm, the local time at which it starts, lines of values over time (a line may repeat
/// with <c>every</c> and <c>until</c>), and every decision and alarm that must come.
/// </summary>
internal static class WaterCase
{
    private static readonly TimeSpan LocalTime = TimeSpan.FromHours(5);

    public static Farm Farm { get; } = FarmLoader.Load(Repository.PathOf("tests", "cases", "rules", "water", "farm")).Farm!;

    public static RuleRun Play(YamlMap it, Disturbance disturbance)
    {
        var result = RuleLoader.Parse(it.Text("rules"), Farm);
        Assert.Empty(result.Errors);
        Assert.True(result.Book!.TryGet("site-1", "gh1", out var rules));
        var run = new RuleRun(rules, disturbance);
        var start = new DateTimeOffset(DateTime.Parse(it.Get("start")?.AsScalar()?.Text ?? "2026-06-21 10:00", System.Globalization.CultureInfo.InvariantCulture), LocalTime);
        run.Step(RuleEvent.ClockSet(0, start.ToUnixTimeMilliseconds()));
        var staleAfterMs = Ms(it, "stale_after") ?? 86_400_000;
        foreach (var e in it.Maps("events").SelectMany(line => Events(rules, line, staleAfterMs)).OrderBy(e => e.TimeMs).ToArray())
        {
            run.Step(e);
        }

        return run;
    }

    public static IEnumerable<string> Expected(YamlMap it) => it.Maps("expect").Select(e => e.Get("alarm") is { } alarm
        ? $"{e.Text("at")}: alarm {alarm.AsScalar()!.Text}"
        : $"{e.Text("at")}: {e.Text("want")}").Order(StringComparer.Ordinal);

    public static IEnumerable<string> Came(RuleRun run) => run.Decisions
        .Select(d => $"{At(d.TimeMs)}: {d.Actuator} {Targets.Format(run.Engine.Rules.Actuators.Single(a => a.Id == d.Actuator), d.Target)}")
        .Concat(run.Output.Alarms.Select(a => $"{At(a.TimeMs)}: alarm {a.Alarm} {(a.IsRaised ? "raised" : "cleared")}"))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Texts(RuleRun run) =>
        run.Decisions.Select(d => $"{At(d.TimeMs)}: {d.Reason}").Concat(run.Traces.Select(t => $"{At(t.TimeMs)}: {t.Text}")).Concat(run.Output.Alarms.Select(a => $"{At(a.TimeMs)}: {a.Text}"));

    private static string At(long ms) => Durations.Format(TimeSpan.FromMilliseconds(ms));

    private static long? Ms(YamlMap map, string key) => (long?)map.Get(key)?.AsDuration()?.TotalMilliseconds;

    private static IEnumerable<RuleEvent> Events(ZoneRules rules, YamlMap line, long staleAfterMs)
    {
        var at = Ms(line, "at")!.Value;
        var (every, until) = (Ms(line, "every") ?? 1, Ms(line, "until") ?? at);
        for (var timeMs = at; timeMs <= until; timeMs += every)
        {
            var values = line.Entries.Where(e => e.Key.Text is not ("at" or "every" or "until")).ToArray();
            if (values.Length == 0)
            {
                yield return RuleEvent.Tick(timeMs);
            }

            foreach (var (key, value) in values)
            {
                var isUsable = Amount.TryParse(value.AsScalar()!.Text, out var amount);
                Assert.True(isUsable || value.AsScalar()!.Text == "flagged");
                yield return IsActuator(key.Text) && rules.SignalIndex(SignalScope.Actuator, key.Text, "position") is var position
                    ? RuleEvent.Observed(timeMs, position, amount.Value, isUsable, staleAfterMs)
                    : RuleRun.Observed(rules, timeMs, key.Text, isUsable ? Canonical(key.Text, amount) : 0, isUsable, staleAfterMs);
            }
        }
    }

    private static bool IsActuator(string name) => Farm.Sites[0].Zones[0].Controllers[0].Actuators.Any(a => a.Id == name);

    private static double Canonical(string name, Amount amount)
    {
        Assert.True(Quantities.TryGet(name.Replace("site.", "", StringComparison.Ordinal), out var quantity));
        Assert.True(Units.TryGet(amount.Unit, out var unit));
        return unit.Convert(amount.Value, quantity.Unit);
    }
}
