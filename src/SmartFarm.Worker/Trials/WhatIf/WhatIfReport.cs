using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>What came of trying rule sets side by side.</summary>
internal static class WhatIfReport
{
    private static readonly (string Column, string Unit)[] Climate = [("air °C", "°C"), ("VPD kPa", "kPa"), ("humidity %", "%"), ("CO₂ ppm", "ppm"), ("moisture %", "%")];

    public static Report Of(string title, IReadOnlyList<Candidate> candidates, LoopResult[][] results, IReadOnlyList<long> seeds)
    {
        var zones = results[0][0].Zones;
        var blocks = new List<ReportBlock>();
        for (var zone = 0; zone < zones.Count; zone++)
        {
            blocks.Add(Table(candidates, results, zone));
            blocks.AddRange(Breaches(candidates, results, zone));
            blocks.AddRange(Charts(candidates, results, zone));
        }

        var breaches = results.Sum(runs => runs.Sum(run => run.Zones.Sum(zone => zone.Breaches.Count)));
        var played = seeds.Count == 1 ? $"seed {seeds[0]}" : $"{seeds.Count} seeds from {seeds[0]}; shares and sums are means, extremes are those of all";
        return new Report(
            "rules whatif",
            $"{title} ({played})",
            breaches == 0 ? Outcome(candidates, results) : $"{breaches} promise(s) were broken: see below.",
            breaches == 0 ? Tone.Good : Tone.Bad,
            blocks);
    }

    private static string Outcome(IReadOnlyList<Candidate> candidates, LoopResult[][] results) => string.Join("; ", candidates.Select((candidate, i) =>
        $"{candidate.Name} keeps the temperature {results[i].Average(run => run.Zones.Average(zone => 100 * zone.Climate[0].InBand)):0} % and VPD {results[i].Average(run => run.Zones.Average(zone => 100 * zone.Climate[1].InBand)):0} % of the time in band")) + ".";

    private static ReportTable Table(IReadOnlyList<Candidate> candidates, LoopResult[][] results, int zone)
    {
        var figures = results.Select(runs => runs.Select(run => Figure.Of(run.Zones[zone])).ToList()).ToList();
        var folded = figures.ConvertAll(runs => runs[0].Select((_, row) => Figure.Folded([.. runs.Select(run => run[row])])).ToList());
        var rows = folded[0].Select((figure, row) => (IReadOnlyList<ReportCell>)[figure.Title, .. folded.Select(column => (ReportCell)column[row].Value)]);
        return new ReportTable(
            $"figures-{zone}",
            $"Zone {results[0][0].Zones[zone].Zone.Id}",
            [new ReportColumn("figure", "figure"), .. candidates.Select(c => new ReportColumn(c.Name, c.Name))],
            [.. rows]);
    }

    private static IEnumerable<ReportText> Breaches(IReadOnlyList<Candidate> candidates, LoopResult[][] results, int zone)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            string[] lines = [.. results[i].SelectMany(run => run.Zones[zone].Breaches.Select(b => $"seed {run.Seed}, {b.Time:yyyy-MM-dd HH:mm:ss}: {b.Promise}: {b.Text}")).Take(20)];
            if (lines.Length > 0)
            {
                yield return new ReportText($"breaches-{zone}-{i}", $"Promises that {candidates[i].Name} broke", lines, Tone.Bad);
            }
        }
    }

    /// <summary>The course of the first seed.</summary>
    private static IEnumerable<ReportChart> Charts(IReadOnlyList<Candidate> candidates, LoopResult[][] results, int zone)
    {
        var first = results[0][0].Zones[zone].Series;
        var id = results[0][0].Zones[zone].Zone.Id;
        yield return new ReportChart($"outside-{zone}", $"{id}: outside", "°C", [Line("outside", results[0][0], zone, "outside °C")]);
        yield return new ReportChart($"sun-{zone}", $"{id}: sun", "W/m²", [Line("sun", results[0][0], zone, "sun W/m²")]);
        foreach (var (column, unit) in Climate)
        {
            yield return Chart(column, unit);
        }

        foreach (var actuator in results[0][0].Zones[zone].Actuators.Select(a => a.Actuator))
        {
            yield return Chart(first.Columns.First(c => c.Split(' ')[0] == actuator.Id), actuator.Unit?.Symbol ?? "");
        }

        ReportChart Chart(string column, string unit) => new(
            $"{column.Split(' ')[0]}-{zone}", $"{id}: {column.Split(' ')[0]}", unit, [.. candidates.Select((c, i) => Line(c.Name, results[i][0], zone, column))]);
    }

    private static ChartSeries Line(string name, LoopResult result, int zone, string column)
    {
        var series = result.Zones[zone].Series;
        var values = series.Values[series.Columns.ToList().IndexOf(column)];
        return new ChartSeries(name, [.. values.Select((value, i) => new ChartPoint((series.Start + (series.Every * i)).ToUnixTimeMilliseconds(), value))]);
    }
}
