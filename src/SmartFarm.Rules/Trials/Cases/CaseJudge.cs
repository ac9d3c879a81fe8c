using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>Compares what came with what must come.</summary>
internal sealed class CaseJudge(RuleCase it, ZoneRules rules)
{
    private const double Same = 1e-6;
    private readonly Queue<StateCheck> _checks = new(it.Checks.OrderBy(c => c.TimeMs));
    private readonly List<string> _failures = [];

    /// <summary>Makes the checks of all times before this one, each when everything that was due at its time is done.</summary>
    public void CheckBefore(long timeMs, WatchedEngine engine)
    {
        while (_checks.TryPeek(out var check) && check.TimeMs < timeMs)
        {
            _checks.Dequeue();
            engine.Finish(check.TimeMs);
            var stands = check.IsAlarm ? (engine.Output.Alarms.LastOrDefault(a => a.Alarm == check.What) is { IsRaised: true } ? 1 : 0) : engine.State.WantedOf(check.What)?.Target;
            if (stands != check.Value && !(stands is { } a && check.Value is { } b && Math.Abs(a - b) < Same))
            {
                var why = check.IsAlarm ? null : engine.State.WantedOf(check.What);
                _failures.Add($"line {check.Line}: at {At(check.TimeMs)} {Words(check.What, check.IsAlarm, check.Value)} was expected, and it is {Words(check.What, check.IsAlarm, stands)}"
                    + (why is null ? "." : $" since {At(why.TimeMs)} by {By(why)}: {why.Reason}."));
            }
        }
    }

    /// <summary>Everything that is wrong with the run.</summary>
    public IReadOnlyList<string> Verdict(RuleOutput output)
    {
        if (it.Expected is { } expected)
        {
            Compare(expected, [.. Happenings(output).Where(h => it.Only.Count == 0 || it.Only.Contains(h.What)).OrderBy(h => h.TimeMs)]);
        }

        var traces = output.Traces.Select(t => $"{At(t.TimeMs)}: {t.Rule.Split('@')[0]} {t.Truth}: {t.Text}").ToArray();
        _failures.AddRange(it.Traces.Where(text => !traces.Any(t => t.Contains(text, StringComparison.Ordinal))).Select(text => $"no trace says '{text}'."));
        return _failures;
    }

    private static IEnumerable<Happening> Happenings(RuleOutput output) =>
        output.Decisions.Select(d => new Happening(d.TimeMs, d.Actuator, false, d.Target, By(d), d.Reason))
            .Concat(output.Alarms.Select(a => new Happening(a.TimeMs, a.Alarm, true, a.IsRaised ? 1 : 0, a.Severity, a.Text)));

    private void Compare(IReadOnlyList<Expectation> expected, List<Happening> left)
    {
        foreach (var e in expected)
        {
            var found = left.FindIndex(h => h.TimeMs == e.TimeMs && h.What == e.What && h.IsAlarm == e.IsAlarm && Math.Abs(h.Value - e.Value) < Same);
            if (found < 0)
            {
                var next = left.Find(h => h.TimeMs >= e.TimeMs && h.What == e.What && h.IsAlarm == e.IsAlarm);
                _failures.Add($"line {e.Line}: at {At(e.TimeMs)} {Words(e.What, e.IsAlarm, e.Value)} was expected and did not come; {(next is null ? "nor did anything else for it later" : $"the next is {Words(next)}")}.");
                continue;
            }

            var came = left[found];
            left.RemoveAt(found);
            if (e.By is { } by && came.By != by && !came.By.EndsWith(" " + by, StringComparison.Ordinal))
            {
                _failures.Add($"line {e.Line}: {Words(came)}, and 'by {by}' was expected.");
            }

            if (e.Because is { } because && !came.Reason.Contains(because, StringComparison.Ordinal))
            {
                _failures.Add($"line {e.Line}: {Words(came)} came because '{came.Reason}', which does not say '{because}'.");
            }
        }

        _failures.AddRange(left.Select(h => $"not expected: {Words(h)}, because {h.Reason}; add it to 'expect', or name in 'only' what the case is about."));
    }

    private static string By(Decision decision) => $"{decision.Authority} {decision.Source.Split('@')[0]}";

    private static string At(long timeMs) => Durations.Format(TimeSpan.FromMilliseconds(timeMs));

    private string Words(Happening h) => $"{At(h.TimeMs)} {Words(h.What, h.IsAlarm, h.Value)} by {h.By}";

    private string Words(string what, bool isAlarm, double? value) =>
        isAlarm ? $"alarm {what} {(value > 0 ? "raised" : "cleared")}"
        : value is { } target ? $"{what} {Targets.Format(rules.Actuators[rules.ActuatorIndex(what)], target)}"
        : $"nothing for {what}";

    private sealed record Happening(long TimeMs, string What, bool IsAlarm, double Value, string By, string Reason);
}
