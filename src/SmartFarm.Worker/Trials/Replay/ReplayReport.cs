using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Worker.Reports;

namespace SmartFarm.Worker.Trials.Replay;

/// <summary>The report of <c>smartfarm rules replay</c>.</summary>
/// <param name="site">The site.</param>
/// <param name="zone">The zone.</param>
/// <param name="candidate">The rules that are tried.</param>
/// <param name="other">What they are compared with.</param>
internal sealed class ReplayReport(Site site, Zone zone, ReplaySide candidate, ReplaySide other)
{
    private readonly TimeZoneInfo _clock = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
    private readonly Actuator[] _actuators = [.. zone.Controllers.SelectMany(c => c.Actuators)];
    private readonly (long From, long To) _time = (candidate.Recording.FromMs, candidate.Recording.ToMs);

    public Report Write()
    {
        var (moves, before) = (candidate.Movements(_actuators) ?? 0, other.Movements(_actuators));
        var compared = before is null ? $"nothing is recorded of {other.Name}" : $"{other.Name} {(other.Result is null ? "made" : "would have made")} {before}";
        var days = Durations.Format(TimeSpan.FromMinutes(Math.Round((_time.To - _time.From) / 60_000.0)));
        return new Report(
            "rules replay",
            $"{site.Id}/{zone.Id}, {At(_time.From)} to {At(_time.To)}: {candidate.Name} against {other.Name}",
            $"Over {days} with {candidate.Result!.Events} values {candidate.Name} would have made {moves} movements; {compared}.",
            Tone.Plain,
            [Actuators(), .. Use(), .. Bands(), .. Differences(), .. Alarms(), Remark(), .. Charts()]);
    }

    private ReportTable Actuators() => new(
        "actuators",
        "Actuators",
        [
            new("actuator", "Actuator"), new("unit", "Unit"),
            new("moves", $"Moves, {candidate.Name}"), new("moves_other", $"Moves, {other.Name}"),
            new("starts", $"Starts, {candidate.Name}"), new("starts_other", $"Starts, {other.Name}"),
            new("hours_on", $"Hours on, {candidate.Name}", "0.0"), new("hours_on_other", $"Hours on, {other.Name}", "0.0"),
            new("agreement", "Same, % of time", "0.0"), new("mean_difference", "Mean difference", "0.0"), new("correlation", "Correlation", "0.00"),
        ],
        [
            .. _actuators.Select(a =>
            {
                var (x, y) = (candidate.UseOf(a), other.UseOf(a));
                var d = TrackDifference.Of(candidate.TrackOf(a.Id), other.TrackOf(a.Id), a, _time.From, _time.To);
                return (IReadOnlyList<ReportCell>)
                [
                    a.Id, a.Unit?.Symbol ?? "on", new(x?.Movements), new(y?.Movements), new(x?.Starts), new(y?.Starts), new(x?.HoursOn), new(y?.HoursOn),
                    100 * d.Agreement, d.Mean, d.Correlation,
                ];
            }),
        ]);

    private IEnumerable<ReportBlock> Use()
    {
        var delivering = _actuators.Where(a => a.Delivers is not null).ToArray();
        if (delivering.Length == 0)
        {
            return [new ReportText("use", "Heat, water and CO₂", ["No actuator of the zone says what it delivers, so nothing is estimated; add for example 'delivers: 150 kW', '40 L/min' or '8 kg/h' to it in farm.yaml."], Tone.Dim)];
        }

        return
        [
            new ReportTable(
                "use",
                "Heat, water and CO₂, estimated from hours and what each delivers",
                [new("actuator", "Actuator"), new("unit", "Unit"), new("amount", candidate.Name, "0.0"), new("amount_other", other.Name, "0.0"), new("difference", "Difference", "+0.0;-0.0;0")],
                [
                    .. delivering.Select(a =>
                    {
                        var (x, y) = (candidate.UseOf(a)?.FullHours * a.Delivers!.PerHour, other.UseOf(a)?.FullHours * a.Delivers.PerHour);
                        return (IReadOnlyList<ReportCell>)[a.Id, a.Delivers.Total.Symbol, new(x), new(y), new(x - y)];
                    }),
                ]),
        ];
    }

    private IEnumerable<ReportBlock> Bands()
    {
        var rows = new[] { candidate, other }.Where(s => s.Result is not null)
            .SelectMany(s => s.Result!.Bands.Select(b => (IReadOnlyList<ReportCell>)[s.Name, b.Quantity, 100 * b.ShareIn, b.HoursBelow, b.HoursAbove, b.HoursUnknown])).ToArray();
        return rows.Length == 0 ? [] :
        [
            new ReportTable(
                "bands",
                "Recorded climate against the bands of the rules",
                [new("rules", "Rules"), new("quantity", "Quantity"), new("share_in", "In band, %", "0.0"), new("hours_below", "Hours below", "0.0"), new("hours_above", "Hours above", "0.0"), new("hours_unknown", "Hours unknown", "0.0")],
                rows),
        ];
    }

    private IEnumerable<ReportBlock> Differences()
    {
        var rows = _actuators.SelectMany(a => TrackDifference.Of(candidate.TrackOf(a.Id), other.TrackOf(a.Id), a, _time.From, _time.To).Longest.Select(d => (Actuator: a, Deviation: d)))
            .OrderBy(d => d.Deviation.FromMs)
            .Select(d => (IReadOnlyList<ReportCell>)
            [
                d.Actuator.Id, At(d.Deviation.FromMs), Durations.Format(TimeSpan.FromSeconds(Math.Round((d.Deviation.ToMs - d.Deviation.FromMs) / 1000.0))),
                Targets.Format(d.Actuator, d.Deviation.First), Targets.Format(d.Actuator, d.Deviation.Second),
                candidate.Result!.At(d.Actuator.Id, d.Deviation.FromMs) is { } decision ? $"{decision.Source}: {decision.Reason}" : "",
            ]).ToArray();
        return rows.Length == 0 ? [] :
        [
            new ReportTable(
                "differences",
                "Longest differences",
                [new("actuator", "Actuator"), new("from", "From"), new("for", "For"), new("value", candidate.Name), new("value_other", other.Name), new("because", $"Why {candidate.Name} would")],
                rows),
        ];
    }

    private IEnumerable<ReportBlock> Alarms()
    {
        var rows = new[] { candidate, other }.Where(s => s.Result is not null)
            .SelectMany(s => s.Result!.Output.Alarms.Where(a => a.IsRaised).GroupBy(a => (a.Alarm, a.Severity))
                .Select(g => (IReadOnlyList<ReportCell>)[s.Name, g.Key.Alarm, g.Key.Severity, g.Count(), At(g.First().TimeMs), g.First().Text])).ToArray();
        return rows.Length == 0 ? [] :
        [
            new ReportTable("alarms", "Alarms", [new("rules", "Rules"), new("alarm", "Alarm"), new("severity", "Severity"), new("times", "Times"), new("first", "First"), new("because", "Because")], rows),
        ];
    }

    private static ReportText Remark() => new(
        "remark",
        "How to read this",
        ["The climate is the recorded one: a replay shows what rules would have wanted, not what the house would have become; 'smartfarm rules whatif' plays that. Actuators are taken to go where these rules want them, at once."],
        Tone.Dim);

    private IEnumerable<ReportChart> Charts()
    {
        foreach (var series in candidate.Recording.Series.Where(s => s.Signal.Scope != SignalScope.Actuator && s.TimesMs.Count > 1).Take(6))
        {
            yield return Chart(series.Signal.ToString(), series.Signal.Unit?.Symbol ?? "", [new ChartSeries("recorded", [.. series.TimesMs.Zip(series.Values, (t, v) => new ChartPoint(t, v))])]);
        }

        foreach (var actuator in _actuators)
        {
            var lines = new[] { candidate, other }.Select(s => (s.Name, Track: s.TrackOf(actuator.Id))).Where(s => s.Track.TimesMs.Count > 0)
                .Select(s => new ChartSeries(s.Name, [.. s.Track.TimesMs.Zip(s.Track.Values, (t, v) => new ChartPoint(t, v))], IsStep: true)).ToArray();
            if (lines.Length > 0)
            {
                yield return Chart(actuator.Id, actuator.Unit?.Symbol ?? "on", lines);
            }
        }
    }

    private ReportChart Chart(string title, string unit, IReadOnlyList<ChartSeries> series) =>
        new("chart_" + string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')), title, unit, series) { Zone = _clock, FromMs = _time.From, ToMs = _time.To };

    private string At(long timeMs) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs), _clock).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
