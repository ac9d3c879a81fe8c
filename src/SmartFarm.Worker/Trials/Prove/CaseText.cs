using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>Writes a counter-example as a case for <c>rules test</c>: it fails now, and passes when the rules are mended.</summary>
internal static class CaseText
{
    public static string Of(Counterexample found, Zone zone, TimeZoneInfo clocks)
    {
        var actuators = zone.Controllers.SelectMany(c => c.Actuators).ToList();
        var text = new StringBuilder();
        var breach = found.Attempt.Breach;
        var startMs = StartMs(found.Events[0].TimeMs);
        text.Append(CultureInfo.InvariantCulture, $"# Found by 'smartfarm rules prove': {breach.Text}\ncases:\n  - name: {breach.Promise} is never so\n    zone: {zone.Id}\n");
        text.Append(CultureInfo.InvariantCulture, $"    start: {TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(startMs), clocks):yyyy-MM-dd HH:mm}\n");
        text.Append(CultureInfo.InvariantCulture, $"    stale_after: {Span(found.Events.Max(e => e.Event.StaleAfterMs))}\n    events:\n");
        foreach (var moment in found.Events.GroupBy(e => e.TimeMs))
        {
            foreach (var kind in moment.GroupBy(e => e.Signal is null))
            {
                var values = kind.DistinctBy(e => e.Signal?.ToString() ?? e.Actuator).Select(e => $"{e.Signal?.ToString() ?? e.Actuator}: {Value(e, actuators)}");
                text.Append(CultureInfo.InvariantCulture, $"      - {{ at: {Span(moment.Key - startMs)}, {(kind.Key ? $"done: {{ {string.Join(", ", values)} }}" : string.Join(", ", values))} }}\n");
            }
        }

        var culprit = Culprit(found, actuators);
        text.Append(CultureInfo.InvariantCulture, $"    check:\n      - {{ at: {Span(found.BrokenMs - startMs)}, {culprit.Id}: {Target(culprit, culprit.Safe)} }}\n");
        return text.ToString();
    }

    /// <summary>Of the actuators that are away from their safe state the one whose move broke it: a switch rather than a position, the one that moved last rather than the others.</summary>
    private static Actuator Culprit(Counterexample found, List<Actuator> actuators) =>
        found.Wanted.OfType<Decision>()
            .Select(decision => (Decision: decision, Actuator: actuators.First(a => a.Id == decision.Actuator)))
            .Where(x => x.Decision.Target != x.Actuator.Safe && found.Attempt.Breach.Text.Contains(x.Actuator.Id, StringComparison.Ordinal))
            .OrderBy(x => x.Actuator.Kind == ActuatorKind.Switch ? 0 : 1)
            .ThenByDescending(x => x.Decision.TimeMs)
            .Select(x => x.Actuator)
            .FirstOrDefault(actuators[0]);

    /// <summary>Cases begin at a whole minute.</summary>
    private static long StartMs(long firstMs) => firstMs - (firstMs % 60_000);

    private static string Span(long ms) => Durations.Format(TimeSpan.FromMilliseconds(ms));

    private static string Value(ToldEvent e, List<Actuator> actuators) =>
        !e.Event.IsUsable ? "flagged"
        : (e.Signal is null || e.Signal.Scope == SignalScope.Actuator) && actuators.Find(a => a.Id == (e.Actuator ?? e.Signal!.Owner)) is { } actuator ? Target(actuator, e.Event.Value)
        : string.Create(CultureInfo.InvariantCulture, $"{e.Event.Value:0.####} {e.Signal!.Unit}");

    private static string Target(Actuator actuator, double value) =>
        actuator.Kind == ActuatorKind.Switch ? value >= 0.5 ? "on" : "off" : string.Create(CultureInfo.InvariantCulture, $"{value:0.####} {actuator.Unit}");
}
