namespace SmartFarm.Benchmarks.Speed;

/// <summary>How much is measured.</summary>
/// <param name="Flood">Messages of a flood, after as many to warm up.</param>
/// <param name="Chain">Messages through mosquitto.</param>
/// <param name="Spooled">Messages in a spool that is drained.</param>
/// <param name="Steady">How long a steady load, and idleness, are watched.</param>
/// <param name="Devices">Sizes of farms to compare.</param>
internal sealed record SpeedSize(int Flood, int Chain, int Spooled, TimeSpan Steady, int[] Devices)
{
    public static readonly SpeedSize Full = new(3_000_000, 500_000, 5_000_000, TimeSpan.FromSeconds(30), [10, 1_000, 10_000]);

    /// <summary>To see that it works: its figures mean nothing.</summary>
    public static readonly SpeedSize Brief = new(20_000, 5_000, 20_000, TimeSpan.FromSeconds(1), [10, 100]);

    /// <summary>To see roughly how fast.</summary>
    public static readonly SpeedSize Quick = new(300_000, 50_000, 200_000, TimeSpan.FromSeconds(5), [10, 1_000]);
}
