using System.CommandLine;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;
using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Rules.Trials.Coverage;
using SmartFarm.Worker.Reports;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules test</c>: runs the cases beside the rules, each also through restarts and ticks, and says what no case has tried.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var report = new ReportOptions();
        var filter = new Option<string?>("--case") { Description = "Only cases whose name contains this." };
        var command = new Command("test", "Run rules/*.cases.yaml: readings over time, expected commands; with coverage of rules, branches and unknown inputs.");
        command.Options.Add(common.Farm);
        command.Options.Add(filter);
        report.AddTo(command);
        command.SetAction(parsed => Run(common.Settings(parsed).Farm, parsed.GetValue(filter), written => report.Write(parsed, written)));
        return command;
    }

    private static int Run(string folder, string? filter, Action<Report> write)
    {
        if (RulesFolder.Open(folder) is not { } opened)
        {
            return ExitCodes.CouldNotRun;
        }

        var read = CaseReader.Load(folder, opened.Farm);
        foreach (var error in read.Errors)
        {
            System.Console.WriteLine(error);
        }

        var chosen = read.Cases.Where(c => filter is null || c.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (chosen.Length == 0 && read.Errors.Count == 0)
        {
            System.Console.WriteLine(filter is null
                ? $"There is no case: write one into {folder}/rules/climate{CaseReader.Ending}; docs/rules.md shows how."
                : $"None of the {read.Cases.Count} cases has '{filter}' in its name.");
            return ExitCodes.Findings;
        }

        var coverage = new RuleCoverage();
        foreach (var zone in opened.Rules.Zones)
        {
            coverage.Add(zone);
        }

        var results = LongRun.Run("Cases", progress => chosen.Select((it, i) =>
        {
            progress.Report(i / (double)chosen.Length);
            return Try(it, opened.Farm, opened.Rules, coverage);
        }).ToArray());
        write(CaseReport.Of(results, coverage.Rules, isWhole: filter is null));
        return read.Errors.Count == 0 && results.All(r => r.Failures.Count == 0) ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static CaseResult Try(RuleCase it, Farm farm, RuleBook book, RuleCoverage coverage)
    {
        var (rules, errors) = RulesOf(it, farm, book);
        if (rules is null)
        {
            return new CaseResult(it, null, null, errors);
        }

        var plain = CaseRun.Run(it, rules, coverage: it.Rules is null ? coverage : null);
        if (plain.Failures.Count > 0)
        {
            return new CaseResult(it, rules, plain, plain.Failures);
        }

        // What holds only while nobody restarts the worker does not hold.
        var disturbed = new[] { Disturbance.Restarts, Disturbance.Ticks }
            .SelectMany(d => CaseRun.Run(it, rules, d).Failures.Select(f => $"with {(d == Disturbance.Restarts ? "a restart after every event" : "the time told every second")}: {f}"));
        return new CaseResult(it, rules, plain, [.. disturbed]);
    }

    private static (ZoneRules? Rules, IReadOnlyList<string> Errors) RulesOf(RuleCase it, Farm farm, RuleBook book)
    {
        var (used, errors) = (book, (IReadOnlyList<string>)[]);
        if (it.Rules is { } text)
        {
            var own = RuleLoader.Parse(text, farm, $"{it.File}:{it.Line} rules");
            (used, errors) = (own.Book, [.. own.Errors.Select(e => e.ToString())]);
        }

        ZoneRules? rules = null;
        used?.TryGet(it.Site, it.Zone, out rules);
        return (rules, errors);
    }
}

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Rules">The rules it ran; null when they do not load.</param>
/// <param name="Outcome">The undisturbed run; null when there was none.</param>
/// <param name="Failures">What is wrong, a sentence each.</param>
internal sealed record CaseResult(RuleCase Case, ZoneRules? Rules, CaseOutcome? Outcome, IReadOnlyList<string> Failures);
