namespace SmartFarm.Greenhouse.Weather.Forecasts;

/// <summary>
/// How a value is expected to be distributed: scale · n^power, with n normally distributed and kept within limits. Temperature is normal itself, the root of the wind is, and
/// so is radiation as a share of a clear sky's.
/// </summary>
public readonly record struct Expectation
{
    private readonly double _centre, _spread, _lowest, _highest, _scale;
    private readonly bool _isSquare;

    internal Expectation(double centre, double spread, double lowest = double.NegativeInfinity, double highest = double.PositiveInfinity, double scale = 1, bool isSquare = false) =>
        (_centre, _spread, _lowest, _highest, _scale, _isSquare) = (centre, spread, lowest, highest, scale, isSquare);

    /// <summary>Mean, the limits left aside.</summary>
    public double Mean => _scale * (_isSquare ? (_centre * _centre) + (_spread * _spread) : _centre);

    /// <summary>Standard deviation, the limits left aside.</summary>
    public double Deviation => _scale * _spread * (_isSquare ? Math.Sqrt((4 * _centre * _centre) + (2 * _spread * _spread)) : 1);

    /// <summary>The value that is not exceeded with a probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public double Quantile(double probability) => ValueAt(NormalDistribution.Quantile(probability));

    /// <summary>The value a number of standard deviations above the middle.</summary>
    internal double ValueAt(double deviations)
    {
        var value = Math.Clamp(_centre + (_spread * deviations), _lowest, _highest);
        return _scale * (_isSquare ? value * value : value);
    }
}
