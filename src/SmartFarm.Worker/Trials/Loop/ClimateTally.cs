namespace SmartFarm.Worker.Trials.Loop;

/// <summary>How well a quantity is kept in its band, by the house as it really is. Not thread-safe.</summary>
internal sealed class ClimateTally(Band band)
{
    private double _seconds;
    private double _inside;
    private double _sum;

    public Band Band => band;

    /// <summary>Share of the time in the band, 0 to 1.</summary>
    public double InBand => _inside / _seconds;

    /// <summary>How far and how long above the band, unit times hours.</summary>
    public double HoursAbove { get; private set; }

    /// <summary>How far and how long below the band, unit times hours.</summary>
    public double HoursBelow { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    public double Mean => _sum / _seconds;

    public void Add(double value, (double Low, double High) limits, double seconds)
    {
        var (low, high) = limits;
        _seconds += seconds;
        _sum += value * seconds;
        _inside += value >= low && value <= high ? seconds : 0;
        HoursAbove += Math.Max(0, value - high) * seconds / 3600;
        HoursBelow += Math.Max(0, low - value) * seconds / 3600;
        (Least, Most) = (Math.Min(Least, value), Math.Max(Most, value));
    }
}
