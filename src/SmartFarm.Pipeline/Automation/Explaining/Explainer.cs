using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Pipeline.Automation.Explaining;

/// <summary>
/// Answers why an actuator was where it was, for as long as decisions are stored: from what was noted then, and for now from the rules themselves. Thread-safe.
/// </summary>
public sealed class Explainer(Farm farm, IHistory history, IRuleSetStore sets, RuleWorker rules, RuleBook book, IFarmView view, ICommandLedger commands, TimeProvider clock)
{
    private const long AroundMs = 3_600_000;
    private const int MostCommands = 20;
    private const int MostEarlier = 5;
    private static readonly string[] ArbitrationFields = ["target", "level", "source", "reason", "losers", "trust", "version"];

    /// <summary>Explains an actuator.</summary>
    /// <param name="name">The shortest name that is clear; see <see cref="ActuatorPlaces"/>.</param>
    /// <param name="atMs">The instant, Unix ms; null: now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such actuator, or more than one.</exception>
    public async Task<Explanation> ExplainAsync(string name, long? atMs, CancellationToken cancellationToken)
    {
        var place = ActuatorPlaces.Find(farm, name);
        var at = atMs ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
        var winners = await WinnersAsync(place, at, cancellationToken);
        var live = atMs is null ? await rules.ExplainAsync(place.Site.Id, place.Zone.Id, place.Actuator.Id, cancellationToken) : null;
        if (live?.Winner is { } winner && winners.FirstOrDefault() is var noted && (noted?.Source != winner.Source || noted.Target != winner.Target))
        {
            winners.Insert(0, winner);
        }

        var moves = await sets.MovesAsync(cancellationToken);
        var version = live?.Version ?? RuleSetRoles.Of(moves.Where(m => m.TimeMs <= at)).Production ?? winners.FirstOrDefault()?.Version ?? 0;
        var set = await sets.FindAsync(version, cancellationToken);
        var ofZone = RulesOf(place, set);
        return new Explanation(
            place,
            at,
            winners.FirstOrDefault(),
            [.. winners.Skip(1)],
            set?.Head,
            live?.Rules ?? await RulesAsync(place, ofZone, at, cancellationToken),
            await InputsAsync(place, ofZone, at, cancellationToken),
            atMs is null ? ActuatorNow(place, at) : await ActuatorAsync(place, at, cancellationToken),
            await CommandsAsync(place, at, cancellationToken));
    }

    private async Task<List<WinnerWord>> WinnersAsync(ActuatorPlace place, long at, CancellationToken cancellationToken)
    {
        // What is noted again every hour is one row of the answer.
        var rows = await RowsAsync(Schema.Arbitration, ArbitrationFields, Tags(place), long.MinValue, at, 50, cancellationToken);
        var winners = new List<WinnerWord>();
        foreach (var row in rows.Where(r => r.Numbers.ContainsKey("target")).OrderBy(r => r.TimeMs))
        {
            var word = new WinnerWord(
                row.TimeMs, row.Numbers["target"], Text(row, "level"), Text(row, "source"), Text(row, "reason"), Text(row, "losers"), Number(row, "trust"), (int)(Number(row, "version") ?? 0));
            if (winners is not [.., var last] || last with { SinceMs = 0, Trust = null } != word with { SinceMs = 0, Trust = null })
            {
                winners.Add(word);
            }
        }

        winners.Reverse();
        return [.. winners.Take(MostEarlier + 1)];
    }

    /// <summary>The rules of the zone in the set that was in charge; those at work now when that is not known.</summary>
    private ZoneRules? RulesOf(ActuatorPlace place, RuleSet? set)
    {
        var then = set is null ? book : RuleLoader.Compile(set.Files.Texts, farm).Book ?? book;
        return then.TryGet(place.Site.Id, place.Zone.Id, out var found) ? found : null;
    }

    private async Task<IReadOnlyList<RuleWord>> RulesAsync(ActuatorPlace place, ZoneRules? ofZone, long at, CancellationToken cancellationToken)
    {
        var found = await history.ReadRowsAsync(
            new RowQuery(Schema.Decision, ["truth", "target", "text"], Tags(place, withActuator: false), long.MinValue, at + 1, 1), cancellationToken);
        var byRule = found.ToDictionary(s => s.Tags["rule"], s => s.Rows[^1], StringComparer.Ordinal);
        return [.. (ofZone?.SourcesOf(place.Actuator.Id) ?? []).Select(rule => byRule.TryGetValue(rule, out var row)
            ? new RuleWord(rule, row.TimeMs, Text(row, "truth"), Number(row, "target"), Text(row, "text"))
            : new RuleWord(rule, null, "unknown", null, "has not come to anything yet"))];
    }

    private async Task<IReadOnlyList<InputWord>> InputsAsync(ActuatorPlace place, ZoneRules? ofZone, long at, CancellationToken cancellationToken)
    {
        var inputs = new List<InputWord>();
        foreach (var (scope, zone, prefix) in new[] { (SignalScope.Zone, place.Zone.Id, ""), (SignalScope.Site, Schema.SiteZone, "site.") })
        {
            string[] names = [.. (ofZone?.Signals ?? []).Where(s => s.Scope == scope && Quantities.TryGet(s.Name, out _)).Select(s => s.Name).Distinct(StringComparer.Ordinal)];
            if (names.Length == 0)
            {
                continue;
            }

            var tags = new Dictionary<string, string> { ["site"] = place.Site.Id, ["zone"] = zone };
            var rows = await RowsAsync(Schema.Climate, names, tags, at - AroundMs, at, 20, cancellationToken);
            foreach (var name in names)
            {
                if (rows.Where(r => r.Numbers.ContainsKey(name)).MaxBy(r => r.TimeMs) is { } row && Quantities.TryGet(name, out var quantity))
                {
                    inputs.Add(new InputWord(prefix + name, quantity.Unit.Symbol, row.Numbers[name], row.TimeMs));
                }
            }
        }

        return inputs;
    }

    private ActuatorWord? ActuatorNow(ActuatorPlace place, long at) =>
        view.Zones().Where(z => z.Site == place.Site.Id && z.Zone == place.Zone.Id).SelectMany(z => z.Actuators).FirstOrDefault(a => a.Id == place.Actuator.Id) is { } now
            ? new ActuatorWord(at, now.Target, now.Reported, now.Mode ?? "unknown", now.Held)
            : null;

    private async Task<ActuatorWord?> ActuatorAsync(ActuatorPlace place, long at, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(Schema.Actuator, ["target", "reported", "mode", "held"], Tags(place), long.MinValue, at, 1, cancellationToken);
        return rows is [.., var row] ? new ActuatorWord(row.TimeMs, Number(row, "target"), Number(row, "reported"), Text(row, "mode"), Text(row, "held")) : null;
    }

    private async Task<IReadOnlyList<CommandWord>> CommandsAsync(ActuatorPlace place, long at, CancellationToken cancellationToken)
    {
        var found = await history.ReadRowsAsync(
            new RowQuery(Schema.Command, ["target", "latency_ms", "reason"], Tags(place), at - AroundMs, at + AroundMs, MostCommands), cancellationToken);
        var closed = found.SelectMany(series => series.Rows.Select(row =>
            new CommandWord(row.TimeMs, Number(row, "target") ?? double.NaN, series.Tags.GetValueOrDefault("outcome", ""), Text(row, "reason"), Number(row, "latency_ms"))));
        var open = (await commands.OpenAsync(cancellationToken))
            .Where(c => c.Site == place.Site.Id && c.Zone == place.Zone.Id && c.Command.Actuator == place.Actuator.Id)
            .Select(c => new CommandWord(c.Command.Issued.ToUnixTimeMilliseconds(), c.Command.Target, Outcomes.Name(c.Stage), c.Command.Reason, null))
            .Where(c => Math.Abs(c.IssuedMs - at) <= AroundMs);
        return [.. closed.Concat(open).OrderByDescending(c => c.IssuedMs).Take(MostCommands)];
    }

    private async Task<List<HistoryRow>> RowsAsync(
        string measurement, string[] fields, Dictionary<string, string> tags, long fromMs, long at, int newest, CancellationToken cancellationToken) =>
        [.. (await history.ReadRowsAsync(new RowQuery(measurement, fields, tags, fromMs, at + 1, newest), cancellationToken)).SelectMany(s => s.Rows)];

    private static Dictionary<string, string> Tags(ActuatorPlace place, bool withActuator = true)
    {
        var tags = new Dictionary<string, string> { ["site"] = place.Site.Id, ["zone"] = place.Zone.Id };
        if (withActuator)
        {
            tags["actuator"] = place.Actuator.Id;
        }

        return tags;
    }

    private static string Text(HistoryRow row, string field) => row.Texts.GetValueOrDefault(field, "");

    private static double? Number(HistoryRow row, string field) => row.Numbers.TryGetValue(field, out var number) ? number : null;
}

/// <summary>What the rules think of an actuator now.</summary>
/// <param name="Winner">Who has it; null: nobody has asked for anything.</param>
/// <param name="Rules">Every rule that may move it.</param>
/// <param name="Version">The rule set in charge.</param>
public sealed record LiveExplanation(WinnerWord? Winner, IReadOnlyList<RuleWord> Rules, int Version);
