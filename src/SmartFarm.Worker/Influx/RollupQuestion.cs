using SmartFarm.Influx;
using SmartFarm.Pipeline.Rollup;

namespace SmartFarm.Worker.Influx;

/// <summary>Windows to be summed up by one query: of one series, or of all series of a measurement.</summary>
/// <param name="Series">Measurement and tags, or the measurement only.</param>
/// <param name="FromMs">Beginning of the first window.</param>
/// <param name="ToMs">End of the last.</param>
internal sealed record RollupQuestion(string Series, long FromMs, long ToMs)
{
    /// <summary>Series with the same window from which one query for all is less work than one for each.</summary>
    private const int Crowd = 4;

    private const long MostRowsPerAnswer = 20_000;

    public string Measurement => Series.Split(',')[0];

    /// <summary>The fewest questions that cover the windows.</summary>
    public static List<RollupQuestion> For(RollupLevel level, IReadOnlyList<RollupNote> notes)
    {
        var questions = new List<RollupQuestion>();
        foreach (var measurement in notes.GroupBy(note => note.Series.Split(',')[0], StringComparer.Ordinal))
        {
            var windows = measurement.GroupBy(note => note.WindowMs).ToDictionary(group => group.Key, group => group.Select(note => note.Series).ToHashSet(StringComparer.Ordinal));
            var crowded = windows.Where(w => w.Value.Count > Crowd || w.Value.Contains(measurement.Key)).Select(w => w.Key).ToHashSet();
            var most = MostRowsPerAnswer / Math.Max(1, windows.Values.Max(series => series.Count));
            questions.AddRange(Runs(measurement.Key, crowded, level.LengthMs, Math.Max(1, most)));
            foreach (var series in measurement.Where(note => !crowded.Contains(note.WindowMs)).GroupBy(note => note.Series, StringComparer.Ordinal))
            {
                questions.AddRange(Runs(series.Key, series.Select(note => note.WindowMs), level.LengthMs, MostRowsPerAnswer));
            }
        }

        return questions;
    }

    /// <summary>All means, minima, maxima and counts, a row per series and window.</summary>
    public string InfluxQlOf(RollupLevel level) =>
        $"SELECT mean(*), min(*), max(*), count(*) FROM {InfluxQl.Identifier(Measurement)} WHERE time >= {InfluxQl.Time(FromMs)} AND time < {InfluxQl.Time(ToMs)}"
        + string.Concat(Series.Split(',').Skip(1).Select(tag => tag.Split('=', 2)).Select(tag => $" AND {InfluxQl.Identifier(tag[0])} = {InfluxQl.Text(tag[1])}"))
        + $" GROUP BY time({level.LengthMs}ms), * fill(none)";

    private static IEnumerable<RollupQuestion> Runs(string series, IEnumerable<long> windows, long length, long mostWindows)
    {
        RollupQuestion? run = null;
        foreach (var window in windows.Order())
        {
            if (run is not null && run.ToMs == window && window - run.FromMs < mostWindows * length)
            {
                run = run with { ToMs = window + length };
                continue;
            }

            if (run is not null)
            {
                yield return run;
            }

            run = new RollupQuestion(series, window, window + length);
        }

        if (run is not null)
        {
            yield return run;
        }
    }
}
