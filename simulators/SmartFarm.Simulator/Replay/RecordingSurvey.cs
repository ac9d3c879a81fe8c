namespace SmartFarm.Simulator.Replay;

/// <summary>A first look through a recording: that it can be read, how much there is, and what is odd about its times.</summary>
/// <param name="Rows">Rows in the chosen span.</param>
/// <param name="First">Earliest time among them.</param>
/// <param name="Last">Latest time among them.</param>
/// <param name="RepeatedTimes">Rows with the time of an earlier row: in a database one would replace the other.</param>
/// <param name="BackwardTimes">Rows that lie before the latest row so far.</param>
internal sealed record RecordingSurvey(long Rows, DateTimeOffset First, DateTimeOffset Last, long RepeatedTimes, long BackwardTimes)
{
    /// <summary>Times remembered to find repeated ones; in a longer recording repeats of the rows beyond are found among neighbours only.</summary>
    private const int MostRemembered = 1_000_000;

    public static RecordingSurvey Of(IEnumerable<RecordedRow> rows)
    {
        var (count, repeated, backward) = (0L, 0L, 0L);
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        var seen = new HashSet<DateTimeOffset>();
        foreach (var row in rows)
        {
            var isNew = seen.Count < MostRemembered ? seen.Add(row.Time) : row.Time != last && !seen.Contains(row.Time);
            repeated += isNew ? 0 : 1;
            backward += row.Time < last ? 1 : 0;
            first = row.Time < first ? row.Time : first;
            last = row.Time > last ? row.Time : last;
            count++;
        }

        return new RecordingSurvey(count, first, last, repeated, backward);
    }
}
