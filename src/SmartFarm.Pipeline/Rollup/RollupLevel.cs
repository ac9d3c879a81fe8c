using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Rollup;

/// <summary>A length of time that values are summed up over. Windows are aligned to the Unix epoch.</summary>
/// <param name="Number">1, 2, 3: from fine to coarse; raw values are 0.</param>
/// <param name="Name">What follows the name of the measurement: <c>telemetry_15m</c>.</param>
/// <param name="LengthMs">Length of a window in milliseconds.</param>
public sealed record RollupLevel(int Number, string Name, long LengthMs)
{
    /// <summary>One minute.</summary>
    public static readonly RollupLevel Minute = new(1, "1m", 60_000);

    /// <summary>A quarter of an hour.</summary>
    public static readonly RollupLevel Quarter = new(2, "15m", 900_000);

    /// <summary>One hour.</summary>
    public static readonly RollupLevel Hour = new(3, "1h", 3_600_000);

    /// <summary>All, from fine to coarse; each is a whole number of the one before.</summary>
    public static readonly IReadOnlyList<RollupLevel> All = [Minute, Quarter, Hour];

    /// <summary>The measurements that are rolled up.</summary>
    public static readonly IReadOnlyList<string> Measurements = [Schema.Telemetry, Schema.Climate];

    /// <summary>Where windows of this level come from: the level before, or null for raw values.</summary>
    public RollupLevel? Finer => Number > 1 ? All[Number - 2] : null;

    /// <summary>What is made of this level, or null.</summary>
    public RollupLevel? Coarser => Number < All.Count ? All[Number] : null;

    /// <summary>The beginning of the window that an instant is in.</summary>
    public long StartOf(long timeMs) => Math.DivRem(timeMs, LengthMs) is var (quotient, rest) && rest < 0 ? (quotient - 1) * LengthMs : quotient * LengthMs;

    /// <summary>The measurement that holds this level of another.</summary>
    public string Measurement(string measurement) => $"{measurement}_{Name}";
}
