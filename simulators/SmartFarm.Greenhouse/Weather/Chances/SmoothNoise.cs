namespace SmartFarm.Greenhouse.Weather.Chances;

/// <summary>
/// Chance that is a smooth function of time: seeded values at whole periods, joined by half cosines. Thread-safe; the last two normal values are
/// kept, because they are dear and the next moment mostly lies between the same.
/// </summary>
internal sealed class SmoothNoise(long seed, string channel, TimeSpan period)
{
    private readonly Chance _chance = new(seed, channel);
    private Pair? _last;

    /// <summary>Between 0 and 1, spread evenly at the whole periods.</summary>
    public double Even(DateTimeOffset time)
    {
        var (knot, weight) = Position(time);
        return double.Lerp(_chance.Even(knot), _chance.Even(knot + 1), weight);
    }

    /// <summary>Normally distributed at every moment, mean 0 and standard deviation 1.</summary>
    public double Normal(DateTimeOffset time)
    {
        var (knot, weight) = Position(time);
        var pair = Volatile.Read(ref _last);
        if (pair?.Knot != knot)
        {
            pair = new Pair(knot, _chance.Normal(knot), _chance.Normal(knot + 1));
            Volatile.Write(ref _last, pair);
        }

        return double.Lerp(pair.From, pair.To, weight) / Math.Sqrt((weight * weight) + ((1 - weight) * (1 - weight)));
    }

    private (long Knot, double Weight) Position(DateTimeOffset time)
    {
        var knot = Math.DivRem(time.UtcTicks, period.Ticks, out var rest);
        return (knot, (1 - Math.Cos(Math.PI * rest / period.Ticks)) / 2);
    }

    private sealed record Pair(long Knot, double From, double To);
}
