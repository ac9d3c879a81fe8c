namespace SmartFarm.Greenhouse.Weather.Chances;

/// <summary>
/// A first-order autoregressive series of mean 0 and standard deviation 1, as Richardson 1981 uses for the residuals of daily weather. Each value is the sum
/// of the shocks before it, so that any day can be asked for by itself.
/// </summary>
internal sealed class AutoRegression(long seed, string channel, double correlation)
{
    private readonly Chance _shocks = new(seed, channel);
    private readonly int _memory = (int)Math.Ceiling(Math.Log(1e-4) / Math.Log(correlation));

    public double At(long day)
    {
        var (sum, squares, weight) = (0.0, 0.0, 1.0);
        for (var back = 0; back < _memory; back++, weight *= correlation)
        {
            sum += weight * _shocks.Normal(day - back);
            squares += weight * weight;
        }

        return sum / Math.Sqrt(squares);
    }
}
