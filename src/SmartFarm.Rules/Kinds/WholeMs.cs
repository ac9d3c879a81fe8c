namespace SmartFarm.Rules.Kinds;

/// <summary>Turns a computed time into the millisecond at which to wake up.</summary>
internal static class WholeMs
{
    private const double Rounding = 1e-6;

    /// <summary>The first whole millisecond at or after it; what floating point leaves over does not count.</summary>
    public static long Of(double ms) => (long)Math.Ceiling(ms - Rounding);
}
