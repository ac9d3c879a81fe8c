using SmartFarm.Pipeline.Automation.Explaining;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>Other rule sets, while the farm runs; and what they think, for who asks.</summary>
public sealed partial class RuleWorker
{
    /// <summary>What the rules think of an actuator now; null when it is not there. Thread-safe.</summary>
    public Task<LiveExplanation?> ExplainAsync(string site, string zone, string actuator, CancellationToken cancellationToken) => AskAsync(
        () => _zones.TryGetValue((site, zone), out var found) && found.Production.Rules.ActuatorIndex(actuator) >= 0 ? Explain(found, actuator, _steady.Now()) : null,
        cancellationToken);

    /// <summary>How the rule set in shadow differs from the one in charge, by zone; empty when none is in shadow. Thread-safe.</summary>
    public Task<IReadOnlyList<(string Site, string Zone, ShadowDifference Difference)>> CompareAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<(string, string, ShadowDifference)>>(
            () => [..
                from zone in _zones.Values
                from difference in zone.Shadow?.All(zone.Production, _steady.Now().SteadyMs) ?? []
                select (zone.Site, zone.Zone, difference)],
            cancellationToken);

    /// <summary>Rules that did not change go on where they were; new ones find every value that is known.</summary>
    private void PutToWork(SetsAtWork sets, Moment now)
    {
        (_version, _shadowVersion) = (sets.Production.Version, sets.Shadow?.Version ?? 0);
        foreach (var zone in _zones.Values)
        {
            if (sets.Production.Book.TryGet(zone.Site, zone.Zone, out var rules))
            {
                zone.Use(rules, now);
                _alarms.Retain(zone.Site, zone.Zone, key => !zone.PastAlarms.Contains(key.Code) || rules.Alarms.Contains(key.Code));
            }

            zone.UseShadow(sets.Shadow is { } shadow && shadow.Book.TryGet(zone.Site, zone.Zone, out var beside) ? beside : null, now);
        }

        foreach (var note in _positions.Values)
        {
            if (_zones.TryGetValue((note.Site, note.Zone), out var zone))
            {
                Take(zone, note, now);
            }
        }

        var sources = _routes.Keys.ToList();
        _routes.Clear();
        foreach (var source in sources)
        {
            source.TouchAll();
            Observe(source, now);
        }

        foreach (var zone in _zones.Values)
        {
            zone.Step(RuleEvent.Tick(now.SteadyMs));
            _moved.Add(zone);
        }
    }

    private LiveExplanation Explain(ZoneAutomation zone, string actuator, Moment now)
    {
        var winner = zone.Production.State.WantedOf(actuator) is { } d
            ? new WinnerWord(now.ToWallMs(d.TimeMs), d.Target, DecisionPoints.LevelOf(d.Authority), d.Source, d.Reason, d.Losers, zone.State?.TrustAt(now.SteadyMs), _version)
            : null;
        var rules = zone.Production.Explain(actuator).Select(t => new RuleWord(t.Rule, now.ToWallMs(t.TimeMs), t.Truth.ToString().ToLowerInvariant(), t.Target, t.Text));
        return new LiveExplanation(winner, [.. rules], _version);
    }

    private async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions.Enqueue(() =>
        {
            try
            {
                answer.SetResult(question());
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        });
        _changed.Set();
        return await answer.Task.WaitAsync(cancellationToken);
    }
}
