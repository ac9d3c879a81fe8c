using System.CommandLine;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Influx;
using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Replay;
using SmartFarm.Worker.Trials.WhatIf;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules replay</c>: a rule set over the stored history, or over a file of readings, compared with what happened or with another set.</summary>
internal sealed class ReplayCommand
{
    private static readonly TimeSpan UsualLast = TimeSpan.FromDays(7);
    private readonly CommonOptions _common = new();
    private readonly ReportOptions _report = new();
    private readonly Option<string?> _zone = new("--zone") { Description = "The zone (default: the first that has rules)." };
    private readonly Option<string?> _from = new("--from") { Description = "Begin by the clock of the site, such as 2026-07-14 or '2026-07-14 06:00' (default: a week before the end; of a file its begin)." };
    private readonly Option<string?> _to = new("--to") { Description = "End (default: now; of a file its end)." };
    private readonly Option<string?> _candidate = new("--candidate") { Description = "Rules that are tried: a folder with rules/ in it, or a rule file (default: those of the farm)." };
    private readonly Option<string?> _against = new("--against") { Description = "Rules to compare with (default: what happened)." };
    private readonly Option<string?> _csv = new("--csv") { Description = "Replay this file of readings instead of the stored history." };
    private readonly Option<string?> _step = new("--step") { Description = "Replay means over this time, such as '1 min', instead of every stored value." };

    public static Command Create() => new ReplayCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command("replay", "Run rules over stored history: what would have moved, when and why, against what happened or other rules.")
        {
            _common.Farm, _common.Data, _zone, _from, _to, _candidate, _against, _csv, _step,
        };
        _report.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = _common.Settings(parsed);
        var (farm, own) = FarmFolder.Require(settings.Farm);
        var candidate = parsed.GetValue(_candidate) is { } path ? Candidate.Load(path, farm) : new Candidate("the farm's rules", own);
        var against = parsed.GetValue(_against) is { } otherPath ? Candidate.Load(otherPath, farm) : null;
        var (site, zone) = PlaceOf(farm, candidate.Book, parsed.GetValue(_zone));
        var books = new[] { candidate.Book, against?.Book }.OfType<RuleBook>().Select(b => RulesOf(b, site, zone)).ToArray();
        var recording = LongRun.Run("Reading history", progress => Read(parsed, settings, site, zone, SignalsOf(books, zone), progress, cancellationToken));
        if (recording.Count == 0)
        {
            System.Console.WriteLine($"Nothing is stored of {site.Id}/{zone.Id} in that time; choose another with --from and --to.");
            return ExitCodes.Findings;
        }

        var sides = books.Select((rules, i) => new ReplaySide(
            i == 0 ? candidate.Name : against!.Name, LongRun.Run($"Replaying {(i == 0 ? candidate.Name : against!.Name)}", p => RuleReplay.Run(rules, recording, p, cancellationToken)), recording)).ToArray();
        _report.Write(parsed, new ReplayReport(site, zone, sides[0], sides.Length > 1 ? sides[1] : new ReplaySide("what happened", null, recording)).Write());
        return ExitCodes.Fine;
    }

    private Recording Read(ParseResult parsed, SmartFarmSettings settings, Site site, Zone zone, IReadOnlyList<Signal> signals, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        if (parsed.GetValue(_csv) is { } csv)
        {
            var whole = CsvRecording.Read(csv, site, zone);
            return (whole with { FromMs = TimeOf(parsed, _from, clock) ?? whole.FromMs, ToMs = TimeOf(parsed, _to, clock) ?? whole.ToMs }).Cut();
        }

        var toMs = TimeOf(parsed, _to, clock) ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var fromMs = TimeOf(parsed, _from, clock) ?? toMs - (long)UsualLast.TotalMilliseconds;
        if (fromMs >= toMs)
        {
            throw new SettingsException("--from must be before --to.");
        }

        var stepMs = parsed.GetValue(_step) is not { } step ? 0 : Durations.TryParse(step, out var length) ? (long)length.TotalMilliseconds
            : throw new SettingsException($"--step is '{step}'; give a duration such as '1 min'.");
        using var embedded = string.IsNullOrEmpty(settings.Influx.Url) ? new ReadOnlyHistory(settings.Data.Directory, new SqliteOptions()) : null;
        using var influx = embedded is null ? new InfluxClient(InfluxServices.Options(settings.Influx), TimeProvider.System) : null;
        IHistory history = embedded is null ? new InfluxHistory(influx!) : embedded;
        return HistoryRecording.ReadAsync(history, site, zone, signals, (fromMs, toMs, stepMs), progress, cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    private static long? TimeOf(ParseResult parsed, Option<string?> option, TimeZoneInfo clock) => parsed.GetValue(option) is not { } text ? null
        : CsvRecording.TimeOf(text, clock) ?? throw new SettingsException($"{option.Name} is '{text}'; give a time such as 2026-07-14 or '2026-07-14 06:00'.");

    private static (Site Site, Zone Zone) PlaceOf(Farm farm, RuleBook book, string? name)
    {
        var all = farm.Sites.SelectMany(s => s.Zones.Select(z => (Site: s, Zone: z))).ToArray();
        var found = all.Where(z => name is null
            ? book.TryGet(z.Site.Id, z.Zone.Id, out var rules) && rules.Sources.Count > 0
            : z.Zone.Id == name || $"{z.Site.Id}/{z.Zone.Id}" == name).ToArray();
        return found.Length > 0 && (name is null || found.Length == 1) ? found[0]
            : throw new SettingsException(name is null ? "No zone has rules; write some into rules/." : $"--zone is '{name}'; {Suggestion.For(name, [.. all.Select(z => $"{z.Site.Id}/{z.Zone.Id}")])}");
    }

    private static ZoneRules RulesOf(RuleBook book, Site site, Zone zone) => book.TryGet(site.Id, zone.Id, out var rules) ? rules : throw new SettingsException($"There are no rules for {zone.Id}.");

    /// <summary>What the rules look at, what their bands are about, and where the actuators were.</summary>
    private static IReadOnlyList<Signal> SignalsOf(IReadOnlyList<ZoneRules> books, Zone zone)
    {
        var signals = books.SelectMany(b => b.Signals).Where(s => s.Scope is not SignalScope.SetPoint and not SignalScope.Actuator);
        var banded = books.SelectMany(b => b.Signals).Where(s => s.Scope == SignalScope.SetPoint && s.Name.EndsWith(".low", StringComparison.Ordinal))
            .Select(s => Quantities.TryGet(s.Name[..^".low".Length], out var quantity) ? new Signal(SignalScope.Zone, "", quantity.Name, quantity.Unit) : null).OfType<Signal>();
        var positions = zone.Controllers.SelectMany(c => c.Actuators).Select(a => new Signal(SignalScope.Actuator, a.Id, Signal.Position, a.Unit));
        return [.. signals.Concat(banded).Concat(positions).Distinct()];
    }
}
