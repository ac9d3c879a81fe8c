using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>Reads <c>expect</c> and <c>check</c> of a case.</summary>
internal sealed class CaseExpectationReader(CaseNames names, CaseTimes times)
{
    private long _expectedMs;
    private long _checkedMs;

    /// <summary>A line of <c>expect</c>: <c>{ at: 2 min, want: roof_vent 60 %, by: Rule vent }</c> or <c>{ at: 5 min, alarm: too-hot raised }</c>.</summary>
    public Expectation? Expected(YamlMap map)
    {
        var atMs = times.Read(map, "at", _expectedMs);
        _expectedMs = atMs ?? _expectedMs;
        var by = map.Get("by")?.AsScalar()?.Text;
        var because = map.Get("because")?.AsScalar()?.Text;
        var alarm = map.Get("alarm")?.AsScalar();
        var want = alarm is null ? map.Require("want", "roof_vent 60 %")?.AsScalar() : map.Get("want")?.AsScalar();
        map.ReportUnknownKeys();
        if (atMs is not { } timeMs)
        {
            return null;
        }

        if (alarm is not null)
        {
            return Alarm(alarm) is { } change ? new Expectation(timeMs, change.Name, true, change.IsRaised ? 1 : 0, by, because, map.Line) : null;
        }

        return want is not null && Want(want) is { } wanted ? new Expectation(timeMs, wanted.Actuator.Id, false, wanted.Target, by, because, map.Line) : null;
    }

    /// <summary>A line of <c>check</c>: <c>{ at: 12 min, roof_vent: 60 %, heater: nothing, alarm too-hot: on }</c>.</summary>
    public IEnumerable<StateCheck> Checks(YamlMap map)
    {
        const string Alarms = "alarm ";
        if (times.Read(map, "at", _checkedMs) is not { } atMs)
        {
            yield break;
        }

        _checkedMs = atMs;
        foreach (var (key, node) in map.Entries.Where(e => e.Key.Text != "at"))
        {
            var value = node.AsScalar();
            if (key.Text.StartsWith(Alarms, StringComparison.Ordinal) && value?.AsOneOf(("on", 1.0), ("off", 0.0)) is { } stands)
            {
                yield return new StateCheck(atMs, key.Text[Alarms.Length..].Trim(), true, stands, key.Line);
            }
            else if (!key.Text.StartsWith(Alarms, StringComparison.Ordinal) && value is not null && names.Actuator(key, key.Text) is { } actuator)
            {
                var target = value.Text == "nothing" ? null : CaseNames.Target(value, value.Text, actuator);
                if (target is not null || value.Text == "nothing")
                {
                    yield return new StateCheck(atMs, actuator.Id, false, target, key.Line);
                }
            }
        }
    }

    private (Actuator Actuator, double Target)? Want(YamlScalar scalar)
    {
        var parts = scalar.Text.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
        {
            scalar.Report($"'{scalar.Text}' is not an actuator with its target; write for example 'roof_vent 60 %'.");
            return null;
        }

        return names.Actuator(scalar, parts[0]) is { } actuator && CaseNames.Target(scalar, parts[1], actuator) is { } target ? (actuator, target) : null;
    }

    private static (string Name, bool IsRaised)? Alarm(YamlScalar scalar)
    {
        if (scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, "raised" or "cleared"] parts)
        {
            return (name, parts[1] == "raised");
        }

        scalar.Report($"'{scalar.Text}' is not an alarm with what becomes of it; write for example 'too-hot raised' or 'too-hot cleared'.");
        return null;
    }
}
