using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary>What a window makes of its values.</summary>
internal enum WindowFunction
{
    /// <summary>Mean over time.</summary>
    Avg,

    /// <summary>Smallest.</summary>
    Min,

    /// <summary>Largest.</summary>
    Max,

    /// <summary>Total of reported amounts, each counted once.</summary>
    Sum,

    /// <summary>Change per hour from one end to the other.</summary>
    Rate,

    /// <summary>Value times time.</summary>
    Integral,
}

/// <summary>From when a window that does not slide counts.</summary>
internal enum WindowAnchor
{
    /// <summary>It slides.</summary>
    None,

    /// <summary>The last midnight of the site.</summary>
    Midnight,

    /// <summary>The last sunrise.</summary>
    Sunrise,
}

/// <summary>
/// <c>avg(air_temperature over 30 min)</c>, <c>integral(site.solar_radiation since sunrise)</c>. A value holds until the next one or until it is
/// stale. A sliding window is kept in <see cref="Buckets"/> pieces, so its length is right to one part in that many. It is unknown while less
/// than half of it has been seen.
/// </summary>
/// <param name="function">What it makes of its values.</param>
/// <param name="inner">Of what.</param>
/// <param name="length">How long it is; zero when anchored.</param>
/// <param name="anchor">From when it counts.</param>
/// <param name="index">Its place among the windows of the rule.</param>
/// <param name="unit">Unit of the result.</param>
/// <param name="isDifference">Whether the result is a difference.</param>
/// <param name="factor">From value × seconds, or value per second, to the unit of the result.</param>
internal sealed class Window(WindowFunction function, Term inner, TimeSpan length, WindowAnchor anchor, int index, Unit? unit, bool isDifference, double factor) : Term
{
    /// <summary>Pieces of a sliding window.</summary>
    public const int Buckets = 30;

    /// <summary>The share of a window that must have been seen.</summary>
    private const double LeastSeen = 0.5;

    private readonly long _lengthMs = (long)length.TotalMilliseconds;
    private readonly long _bucketMs = Math.Max(1, (long)length.TotalMilliseconds / Buckets);

    public WindowFunction Function => function;

    public override Unit? Unit => unit;

    public override bool IsDifference => isDifference;

    public override IEnumerable<Term> Inside => [inner];

    /// <summary>Empty memory for it: one piece when it is anchored.</summary>
    public WindowState NewState() => WindowState.New(anchor == WindowAnchor.None ? Buckets + 1 : 1, _bucketMs);

    public override double Evaluate(ref Evaluation at)
    {
        var value = inner.Evaluate(ref at);
        var state = at.Windows[index];
        if (anchor != WindowAnchor.None)
        {
            Anchor(ref at, state);
        }

        if (at.NowMs > state.SeenMs || double.IsNaN(state.Held) != double.IsNaN(value) || state.Held != value || function == WindowFunction.Sum)
        {
            Fill(state, at.NowMs);
            Take(ref at, state, value);
        }

        if (anchor == WindowAnchor.None && (!double.IsNaN(value) || state.Holds(BucketOf(at.NowMs) - Buckets)))
        {
            // Once all that was seen has left it, only a new value changes anything.
            at.Due(((at.NowMs / _bucketMs) + 1) * _bucketMs);
        }

        return Result(ref at, state);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => text.Append(this).Append(' ').Append(Number(Result(ref at, at.Windows[index]), ShownUnit));

    public override string ToString()
    {
        var span = anchor == WindowAnchor.None ? "over " + Durations.Format(length) : "since " + (anchor == WindowAnchor.Midnight ? "midnight" : "sunrise");
        return $"{function.ToString().ToLowerInvariant()}({inner} {span})";
    }

    private void Anchor(ref Evaluation at, WindowState state)
    {
        var (start, next) = anchor == WindowAnchor.Midnight
            ? (at.Calendar.Midnight(at.WallMs), at.Calendar.NextMidnight(at.WallMs))
            : (at.Calendar.LastSunrise(at.WallMs), at.Calendar.NextSunrise(at.WallMs));
        at.DueAtWall(next);
        var startMs = at.NowMs - (at.WallMs - start);
        if (state.AnchorWallMs != start)
        {
            state.Begin(start, Math.Max(startMs, long.MinValue));
        }
    }

    /// <summary>Carries the value that held so far up to now.</summary>
    private void Fill(WindowState state, long nowMs)
    {
        if (double.IsNaN(state.Held) || function is WindowFunction.Sum)
        {
            return;
        }

        var from = Math.Max(state.SeenMs, anchor == WindowAnchor.None ? nowMs - _lengthMs : state.StartMs);
        while (from < nowMs)
        {
            var bucket = BucketOf(from);
            var to = anchor == WindowAnchor.None ? Math.Min(nowMs, (bucket + 1) * _bucketMs) : nowMs;
            state.Add(bucket, state.Held, (to - from) / 1000.0, from, function);
            from = to;
        }
    }

    private void Take(ref Evaluation at, WindowState state, double value)
    {
        if (function == WindowFunction.Sum)
        {
            ref readonly var input = ref at.Input(((SignalTerm)inner).Slot);
            if (!double.IsNaN(value) && input.TimeMs > state.SampleMs)
            {
                state.SampleMs = input.TimeMs;
                state.Add(BucketOf(at.NowMs), value, 1, at.NowMs, function);
            }
        }
        else if (!double.IsNaN(value))
        {
            state.Add(BucketOf(at.NowMs), value, 0, at.NowMs, function);
        }

        (state.Held, state.SeenMs) = (value, at.NowMs);
        state.FirstMs = Math.Min(state.FirstMs, at.NowMs);
    }

    private double Result(ref Evaluation at, WindowState state)
    {
        var spanMs = anchor == WindowAnchor.None ? _lengthMs : at.NowMs - state.StartMs;
        var oldest = anchor == WindowAnchor.None ? BucketOf(at.NowMs) - Buckets : 0;
        var (weight, total, low, high, first, firstMs) = (0.0, 0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, long.MaxValue);
        foreach (ref readonly var bucket in state.Pieces.AsSpan())
        {
            if (bucket.Index < oldest || bucket.Index == WindowState.Empty)
            {
                continue;
            }

            weight += bucket.Weight;
            total += bucket.Total;
            low = Math.Min(low, bucket.Low);
            high = Math.Max(high, bucket.High);
            if (bucket.FirstMs < firstMs)
            {
                (firstMs, first) = (bucket.FirstMs, bucket.First);
            }
        }

        var seenMs = function == WindowFunction.Sum ? Math.Min(at.NowMs - state.FirstMs, spanMs) : weight * 1000;
        if (seenMs < LeastSeen * spanMs)
        {
            return double.NaN;
        }

        var result = function switch
        {
            WindowFunction.Avg => weight > 0 ? total / weight : state.Held,
            WindowFunction.Min => low,
            WindowFunction.Max => high,
            WindowFunction.Rate => (state.Held - first) / Math.Max(1, at.NowMs - firstMs) * 3_600_000 * factor,
            _ => total * factor,
        };
        return double.IsFinite(result) ? result : double.NaN;
    }

    private long BucketOf(long ms) => anchor == WindowAnchor.None ? ms / _bucketMs : 0;
}
