namespace SmartFarm.Pipeline.Telemetry;

/// <summary>Reads a histogram in intervals: each time what came since the last time. One caller at a time.</summary>
public sealed class LatencyReader(LatencyHistogram histogram)
{
    private readonly long[] _before = new long[LatencyHistogram.Size];
    private readonly long[] _now = new long[LatencyHistogram.Size];

    /// <summary>What came since the last time.</summary>
    public LatencySummary Take()
    {
        histogram.CopyTo(_now);
        long count = 0;
        for (var i = 0; i < _now.Length; i++)
        {
            (_before[i], _now[i]) = (_now[i], _now[i] - _before[i]);
            count += _now[i];
        }

        return new LatencySummary(count, Quantile(count, 0.5), Quantile(count, 0.9), Quantile(count, 0.99), Quantile(count, 1));
    }

    /// <summary>The least time, in ms, that at least this share of all did not exceed (nearest rank); 0 when there were none.</summary>
    private double Quantile(long count, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * count));
        long below = 0;
        for (var i = 0; i < _now.Length; i++)
        {
            below += _now[i];
            if (below >= rank)
            {
                return LatencyHistogram.LongestOf(i) / 1000.0;
            }
        }

        return 0;
    }
}

/// <summary>Times of an interval, in ms; each at most 3.2 % above the true one. All 0 when there were none.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P90">Nine in ten took no longer.</param>
/// <param name="P99">99 in a hundred took no longer.</param>
/// <param name="Max">The longest.</param>
public readonly record struct LatencySummary(long Count, double P50, double P90, double P99, double Max);
