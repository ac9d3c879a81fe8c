namespace SmartFarm.Worker.Reports;

/// <summary>Makes a long line short without losing what the eye would see: of every stretch of time the first, lowest, highest and last point stay.</summary>
internal static class ChartThinning
{
    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points, long fromMs, long toMs, int stretches)
    {
        if (points.Count <= stretches * 4)
        {
            return points;
        }

        var kept = new List<ChartPoint>(stretches * 4);
        var lengthMs = Math.Max(1, (toMs - fromMs) / (double)stretches);
        foreach (var stretch in points.GroupAdjacent(p => (int)((p.TimeMs - fromMs) / lengthMs)))
        {
            var known = stretch.Where(p => double.IsFinite(p.Value)).ToList();
            ChartPoint[] telling = known.Count == 0 ? [stretch[0]] : [stretch[0], known.MinBy(p => p.Value), known.MaxBy(p => p.Value), stretch[^1]];
            kept.AddRange(telling.Distinct().OrderBy(p => p.TimeMs));
        }

        return kept;
    }

    private static IEnumerable<List<ChartPoint>> GroupAdjacent(this IReadOnlyList<ChartPoint> points, Func<ChartPoint, int> key)
    {
        var group = new List<ChartPoint>();
        foreach (var point in points)
        {
            if (group.Count > 0 && key(group[^1]) != key(point))
            {
                yield return group;
                group = [];
            }

            group.Add(point);
        }

        yield return group;
    }
}
