namespace SmartFarm.Rules.Trials.Replay;

/// <summary>A value that holds until the next: where an actuator was, hour by hour. NaN is not known.</summary>
/// <param name="TimesMs">When it changed, Unix ms, rising.</param>
/// <param name="Values">To what.</param>
public sealed record Track(IReadOnlyList<long> TimesMs, IReadOnlyList<double> Values)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Track Empty = new([], []);

    /// <summary>Stretches of time in which both tracks stand still, with the length of each in ms.</summary>
    public static IEnumerable<(long FromMs, long LengthMs, double A, double B)> Together(Track a, Track b, long fromMs, long toMs)
    {
        var (i, j, nowMs) = (-1, -1, fromMs);
        while (nowMs < toMs)
        {
            while (i + 1 < a.TimesMs.Count && a.TimesMs[i + 1] <= nowMs)
            {
                i++;
            }

            while (j + 1 < b.TimesMs.Count && b.TimesMs[j + 1] <= nowMs)
            {
                j++;
            }

            var nextMs = Math.Min(toMs, Math.Min(i + 1 < a.TimesMs.Count ? a.TimesMs[i + 1] : toMs, j + 1 < b.TimesMs.Count ? b.TimesMs[j + 1] : toMs));
            yield return (nowMs, nextMs - nowMs, i < 0 ? double.NaN : a.Values[i], j < 0 ? double.NaN : b.Values[j]);
            nowMs = nextMs;
        }
    }

    /// <summary>Stretches of time in which the track stands still.</summary>
    public IEnumerable<(long FromMs, long LengthMs, double Value)> Stretches(long fromMs, long toMs) =>
        Together(this, Empty, fromMs, toMs).Select(s => (s.FromMs, s.LengthMs, s.A));
}
