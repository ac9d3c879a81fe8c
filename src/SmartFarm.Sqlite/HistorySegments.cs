using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Sqlite;

/// <summary>A part of an answer, and the level it is read from; null: raw values.</summary>
internal readonly record struct HistorySegment(RollupLevel? Level, long FromMs, long ToMs);

/// <summary>
/// Chooses what an answer is read from: the coarsest windows that fit into a step, raw values at the ends and where windows are still to
/// be made, and coarser windows where finer ones are let go of.
/// </summary>
internal static class HistorySegments
{
    /// <param name="query">The question.</param>
    /// <param name="prunedUntil">Up to when a level (null: raw values) is let go of.</param>
    /// <param name="dirty">Of the windows up to a level that are still to be made: the beginning of the first and the end of the last; null when none.</param>
    public static List<HistorySegment> Choose(HistoryQuery query, Func<RollupLevel?, long> prunedUntil, Func<RollupLevel, (long From, long To)?> dirty)
    {
        var segments = new List<HistorySegment>();
        var wanted = RollupLevel.All.LastOrDefault(level => query.StepMs >= level.LengthMs && query.StepMs % level.LengthMs == 0);
        var to = query.ToMs;
        foreach (var level in new[] { wanted }.Concat(RollupLevel.All.Where(level => level.Number > (wanted?.Number ?? 0))))
        {
            // All begin with a whole hour, so no window lies on both sides.
            var from = Math.Max(query.FromMs, prunedUntil(level));
            if (from < to)
            {
                Add(segments, level, from, to, prunedUntil(null), dirty);
                to = from;
            }
        }

        return segments;
    }

    private static void Add(
        List<HistorySegment> segments, RollupLevel? level, long from, long to, long rawFrom, Func<RollupLevel, (long From, long To)?> dirty)
    {
        if (level is null)
        {
            segments.Add(new HistorySegment(null, from, to));
            return;
        }

        var last = to <= long.MinValue + level.LengthMs ? to : level.StartOf(to);
        var first = from <= long.MinValue + level.LengthMs ? from : level.StartOf(from + level.LengthMs - 1);
        if (first >= last)
        {
            AddRaw(from, to);
            return;
        }

        AddRaw(from, first);
        AddRaw(last, to);
        if (dirty(level) is { } open && Math.Max(open.From, rawFrom) is var openFrom && openFrom < last && open.To > first && openFrom < open.To)
        {
            AddSome(level, first, Math.Max(first, level.StartOf(openFrom)));
            AddRaw(Math.Max(first, level.StartOf(openFrom)), Math.Min(last, open.To));
            AddSome(level, Math.Min(last, open.To), last);
        }
        else
        {
            AddSome(level, first, last);
        }

        void AddRaw(long start, long end) => AddSome(null, Math.Max(start, rawFrom), end);

        void AddSome(RollupLevel? source, long start, long end)
        {
            if (start < end)
            {
                segments.Add(new HistorySegment(source, start, end));
            }
        }
    }
}
