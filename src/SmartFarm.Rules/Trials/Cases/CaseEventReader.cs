using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>Reads the lines of <c>events</c>. One line may repeat (<c>every: 1 min, until: 2 h</c>), and its values may ramp (<c>20 °C -> 30 °C</c>).</summary>
internal sealed class CaseEventReader(CaseNames names, CaseTimes times, long staleAfterMs)
{
    private const int MostRepeats = 100_000;
    private const string Ramp = "->";
    private static readonly string[] Reserved = ["at", "every", "until"];
    private static readonly TimeSpan UsualOverride = TimeSpan.FromHours(1);
    private long _lastMs;

    public IReadOnlyList<CaseEvent> Read(YamlMap map)
    {
        if (times.Read(map, "at", _lastMs) is not { } atMs)
        {
            return [];
        }

        _lastMs = atMs;
        return Person(map, atMs) ?? Repeated(map, atMs);
    }

    private List<CaseEvent> Repeated(YamlMap map, long atMs)
    {
        var (everyMs, untilMs) = (atMs, atMs);
        if (map.Get("every")?.AsDuration(TimeSpan.FromMilliseconds(1)) is { } every)
        {
            (everyMs, untilMs) = ((long)every.TotalMilliseconds, times.Read(map, "until", atMs) ?? atMs);
        }
        else if (map.Get("until") is { } until)
        {
            until.Report("'until' says how long the line repeats, and nothing says how often; add 'every: 1 min'.");
        }

        if (everyMs > 0 && (untilMs - atMs) / everyMs > MostRepeats)
        {
            map.Report($"The line would repeat more than {MostRepeats} times; make 'every' longer, or 'until' earlier.");
            return [];
        }

        _lastMs = Math.Max(atMs, untilMs);
        var values = map.Entries.Where(e => !Reserved.Contains(e.Key.Text)).Select(Value).ToArray();
        if (values.Length == 0)
        {
            return [new CaseEvent.Tick(atMs)];
        }

        var events = new List<CaseEvent>();
        for (var timeMs = atMs; timeMs <= untilMs; timeMs += Math.Max(1, everyMs))
        {
            var share = untilMs > atMs ? (timeMs - atMs) / (double)(untilMs - atMs) : 0;
            events.AddRange(values.OfType<(Signal Signal, double? From, double? To)>()
                .Select(v => new CaseEvent.Reading(timeMs, v.Signal, v.From + ((v.To - v.From) * share), staleAfterMs)));
        }

        return events;
    }

    private (Signal Signal, double? From, double? To)? Value(YamlEntry entry)
    {
        if (names.Signal(entry.Key) is not { } found || entry.Value.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (scalar.Text is "flagged" or "missing")
        {
            return (found.Signal, null, null);
        }

        var parts = scalar.Text.Split(Ramp, 2, StringSplitOptions.TrimEntries);
        var from = CaseNames.Value(scalar, parts[0], found.Signal, found.Actuator);
        var to = parts.Length == 2 ? CaseNames.Value(scalar, parts[1], found.Signal, found.Actuator) : from;
        return from is null || to is null ? null : (found.Signal, from, to);
    }

    /// <summary>What a person or a controller does; null when the line is about values.</summary>
    private List<CaseEvent>? Person(YamlMap map, long atMs)
    {
        string By() => map.Get("by")?.AsText() ?? "somebody";
        List<CaseEvent> events;
        if (map.Get("override") is { } taken)
        {
            var forMs = (long)(map.Get("for")?.AsDuration() ?? UsualOverride).TotalMilliseconds;
            var reason = map.Get("reason")?.AsText() ?? "";
            events = [.. Targets(taken).Select(t => new CaseEvent.Override(atMs, t.Actuator.Id, t.Target, By(), reason, forMs))];
        }
        else if (map.Get("done") is { } done)
        {
            events = [.. Targets(done).Select(t => new CaseEvent.Done(atMs, t.Actuator.Id, t.Target))];
        }
        else if (map.Get("release")?.AsScalar() is { } released)
        {
            events = names.Actuator(released, released.Text) is { } actuator ? [new CaseEvent.Release(atMs, actuator.Id, By())] : [];
        }
        else if (map.Get("stop")?.AsText() is { } reason)
        {
            events = [new CaseEvent.Stop(atMs, By(), reason)];
        }
        else if (map.Get("resume")?.AsText() is { } by)
        {
            events = [new CaseEvent.Resume(atMs, by)];
        }
        else
        {
            return null;
        }

        map.ReportUnknownKeys();
        return events;
    }

    private IEnumerable<(Actuator Actuator, double Target)> Targets(YamlNode node)
    {
        foreach (var (key, value) in node.AsMap()?.Entries ?? [])
        {
            if (names.Actuator(key, key.Text) is { } actuator && value.AsTarget(actuator) is { } target)
            {
                yield return (actuator, target);
            }
        }
    }
}
