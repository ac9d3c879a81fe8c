namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Points in monotonic time, as timestamps of a <see cref="TimeProvider"/>.</summary>
internal static class Deadlines
{
    /// <summary>The timestamp that is so far from now.</summary>
    public static long After(this TimeProvider time, TimeSpan wait) =>
        time.GetTimestamp() + (long)(wait.Ticks * ((double)time.TimestampFrequency / TimeSpan.TicksPerSecond));
}
