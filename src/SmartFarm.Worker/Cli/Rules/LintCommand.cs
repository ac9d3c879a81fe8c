using System.CommandLine;
using SmartFarm.Configuration;
using SmartFarm.Rules.Loading;
using SmartFarm.Rules.Trials.Lints;
using SmartFarm.Worker.Reports;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules check</c>: mistakes of the rules, and what they will hardly be meant to do, each with line and remedy.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var report = new ReportOptions();
        var command = new Command("check", "Look the rules over: units, rules that never act or fight each other, bands that overlap, hysteresis below noise, missing safe states and policies.");
        command.Options.Add(common.Farm);
        report.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = common.Settings(parsed).Farm;
            if (!Directory.Exists(folder))
            {
                System.Console.WriteLine($"There is no folder '{folder}'; name the farm folder with --farm.");
                return ExitCodes.CouldNotRun;
            }

            var (findings, rules) = Look(folder);
            report.Write(parsed, Of(folder, findings, rules));
            return findings.Any(f => f.Level != FindingLevel.Hint) ? ExitCodes.Findings : ExitCodes.Fine;
        });
        return command;
    }

    internal static Report Of(string folder, IReadOnlyList<Finding> findings, int rules)
    {
        int Count(FindingLevel level) => findings.Count(f => f.Level == level);
        var outcome = findings.Count == 0 ? $"{rules} rules looked over by {RuleLints.Names.Count} checks: nothing to mend."
            : Count(FindingLevel.Error) > 0 ? $"{Count(FindingLevel.Error)} errors: the rules cannot be used before they are mended."
            : $"{rules} rules looked over: {Count(FindingLevel.Warning)} warnings, {Count(FindingLevel.Hint)} hints.";
        var tone = findings.Any(f => f.Level == FindingLevel.Error) ? Tone.Bad : findings.Any(f => f.Level == FindingLevel.Warning) ? Tone.Warn : Tone.Good;
        var table = new ReportTable(
            "findings",
            "Findings",
            [new("place", "Place"), new("level", "Level"), new("subject", "About"), new("message", "Finding"), new("check", "Check")],
            [
                .. findings.Select(f => (IReadOnlyList<ReportCell>)
                [
                    f.Line > 0 ? $"{f.File}:{f.Line}:{f.Column}" : f.File,
                    new ReportCell(f.Level.ToString().ToLowerInvariant(), f.Level switch { FindingLevel.Error => Tone.Bad, FindingLevel.Warning => Tone.Warn, _ => Tone.Dim }),
                    f.Subject,
                    f.Message,
                    f.Check,
                ]),
            ]);
        return new Report("rules check", $"Rules of {folder}", outcome, tone, findings.Count == 0 ? [] : [table]);
    }

    private static (IReadOnlyList<Finding> Findings, int Rules) Look(string folder)
    {
        var farm = Configuration.Farms.FarmLoader.Load(folder, FarmFolder.Formats);
        if (farm.Farm is null)
        {
            return ([.. farm.Errors.Select(Error)], 0);
        }

        var loaded = RuleLoader.Load(folder, farm.Farm);
        return loaded.IsValid
            ? (RuleLints.Run(folder, farm.Farm, loaded.Book), loaded.Book.Zones.SelectMany(z => z.Sources).Where(s => !s.EndsWith("@band", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count())
            : ([.. loaded.Errors.Select(Error)], 0);
    }

    private static Finding Error(ConfigurationError error) => new("load", FindingLevel.Error, error.File, error.Line, error.Column, error.Subject, error.Message);
}
