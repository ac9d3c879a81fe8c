using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Rules.Trials.Coverage;
using SmartFarm.Worker.Reports;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary>The report of <c>smartfarm rules test</c>.</summary>
internal static class CaseReport
{
    private const int MostDrawn = 12;

    /// <summary>Makes the report.</summary>
    /// <param name="results">The cases.</param>
    /// <param name="coverage">What ran of the rules of the farm.</param>
    /// <param name="isWhole">Whether every case ran, so that coverage means something.</param>
    public static Report Of(IReadOnlyList<CaseResult> results, IReadOnlyList<CoveredRule> coverage, bool isWhole)
    {
        var failed = results.Where(r => r.Failures.Count > 0).ToArray();
        var (ran, all) = (coverage.Sum(c => c.Ran), coverage.Sum(c => c.Branches.Count));
        var share = isWhole && all > 0 ? $"; {ran} of {all} ways through {coverage.Count} rules were tried" : "";
        var blocks = new List<ReportBlock> { Cases(results) };
        if (failed.Length > 0)
        {
            blocks.Add(new ReportText("failures", "What came differently", [.. failed.SelectMany(r => r.Failures.Select(f => $"{r.Case.File}:{r.Case.Line} {r.Case.Name}: {f}"))], Tone.Bad));
        }

        if (isWhole)
        {
            blocks.Add(Coverage(coverage));
            blocks.AddRange(Never(coverage));
        }

        blocks.AddRange(results.Where(r => r.Outcome is not null && (failed.Length == 0 || r.Failures.Count > 0)).Take(MostDrawn).SelectMany((r, i) => Charts(r, i)));
        var outcome = failed.Length > 0 ? $"{failed.Length} of {results.Count} cases do not hold{share}." : $"All {results.Count} cases hold, also through restarts{share}.";
        return new Report("rules test", $"{results.Count} cases", outcome, failed.Length > 0 ? Tone.Bad : Tone.Good, blocks);
    }

    private static ReportTable Cases(IReadOnlyList<CaseResult> results) => new(
        "cases",
        "Cases",
        [new("place", "Place"), new("case", "Case"), new("zone", "Zone"), new("holds", "Holds"), new("events", "Events"), new("decisions", "Decisions")],
        [
            .. results.Select(r => (IReadOnlyList<ReportCell>)
            [
                $"{r.Case.File}:{r.Case.Line}",
                r.Case.Name,
                r.Case.Zone,
                new ReportCell(r.Failures.Count == 0, r.Failures.Count == 0 ? Tone.Good : Tone.Bad),
                r.Case.Events.Count,
                r.Outcome?.Output.Decisions.Count ?? 0,
            ]),
        ]);

    private static ReportTable Coverage(IReadOnlyList<CoveredRule> coverage) => new(
        "coverage",
        "Coverage",
        [new("place", "Place"), new("rule", "Rule"), new("kind", "Kind"), new("tried", "Ways tried"), new("of", "of"), new("share", "Share, %", "0")],
        [
            .. coverage.Select(c => (IReadOnlyList<ReportCell>)
            [
                $"{c.File}:{c.Line}", c.Rule, c.Kind, c.Ran, c.Branches.Count,
                new ReportCell(100.0 * c.Ran / Math.Max(1, c.Branches.Count), c.Ran == c.Branches.Count ? Tone.Good : c.Ran == 0 ? Tone.Bad : Tone.Warn),
            ]),
        ]);

    private static IEnumerable<ReportBlock> Never(IReadOnlyList<CoveredRule> coverage)
    {
        var lines = coverage.Where(c => c.Never.Any())
            .Select(c => c.Ran == 0 ? $"{c.File}:{c.Line} {c.Rule}: never ran at all" : $"{c.File}:{c.Line} {c.Rule}: {string.Join("; ", c.Never)}").ToArray();
        return lines.Length == 0 ? [] : [new ReportText("never", "What no case has tried", lines, Tone.Warn)];
    }

    /// <summary>What was told and what was wanted, a chart for each unit.</summary>
    private static IEnumerable<ReportChart> Charts(CaseResult result, int index)
    {
        // A little more than happened, so that the last step is seen.
        var endMs = (long)(1.05 * result.Case.Events.Select(e => e.TimeMs).Concat(result.Case.Checks.Select(c => c.TimeMs)).Concat(result.Outcome!.Output.Decisions.Select(d => d.TimeMs)).DefaultIfEmpty().Max());
        var readings = result.Case.Events.OfType<CaseEvent.Reading>().GroupBy(r => r.Signal)
            .Select(g => (Unit: g.Key.Unit?.Symbol ?? "on", Series: new ChartSeries(g.Key.ToString(), [.. g.Select(r => new ChartPoint(r.TimeMs, r.Value ?? double.NaN))], IsStep: true)));
        var wants = result.Outcome.Output.Decisions.GroupBy(d => d.Actuator, StringComparer.Ordinal)
            .Select(g => (Unit: result.Rules!.Actuators[result.Rules.ActuatorIndex(g.Key)].Unit?.Symbol ?? "on", Series: new ChartSeries($"{g.Key} wanted", [.. g.Select(d => new ChartPoint(d.TimeMs, d.Target))], IsStep: true)));
        return readings.Concat(wants).GroupBy(s => s.Unit, StringComparer.Ordinal).Select((unit, i) =>
            new ReportChart($"case_{index + 1}_{i + 1}", $"{result.Case.Name}, {unit.Key}", unit.Key, [.. unit.Select(s => s.Series)]) { FromMs = 0, ToMs = Math.Max(1, endMs), IsForPage = result.Failures.Count == 0 });
    }
}
