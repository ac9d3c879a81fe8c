namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Numbers from one to another, each bound in it or not.</summary>
internal readonly record struct Interval(double Low, bool IsLowOpen, double High, bool IsHighOpen)
{
    public static readonly Interval All = new(double.NegativeInfinity, true, double.PositiveInfinity, true);

    public bool IsEmpty => Low > High || (Low == High && (IsLowOpen || IsHighOpen));

    public static Interval Above(double bound, bool isOpen) => All with { Low = bound, IsLowOpen = isOpen };

    public static Interval Below(double bound, bool isOpen) => All with { High = bound, IsHighOpen = isOpen };

    /// <summary>What lies in both.</summary>
    public Interval And(Interval other)
    {
        var (low, isLowOpen) = Low > other.Low ? (Low, IsLowOpen) : Low < other.Low ? (other.Low, other.IsLowOpen) : (Low, IsLowOpen || other.IsLowOpen);
        var (high, isHighOpen) = High < other.High ? (High, IsHighOpen) : High > other.High ? (other.High, other.IsHighOpen) : (High, IsHighOpen || other.IsHighOpen);
        return new Interval(low, isLowOpen, high, isHighOpen);
    }

    public bool Contains(Interval other) => And(other) == other;
}
