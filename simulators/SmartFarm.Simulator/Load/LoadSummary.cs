namespace SmartFarm.Simulator.Load;

/// <summary>How a load stands while it runs.</summary>
/// <param name="Elapsed">Since it began.</param>
/// <param name="Sent">Messages sent.</param>
/// <param name="Acknowledged">Messages acknowledged.</param>
/// <param name="Behind">Messages that are due and not sent.</param>
/// <param name="Of">Messages in all.</param>
/// <param name="P99">99 of 100 were acknowledged within this time, from when they were due.</param>
internal readonly record struct LoadProgress(TimeSpan Elapsed, long Sent, long Acknowledged, long Behind, long Of, TimeSpan P99);

/// <summary>Percentiles of a time.</summary>
internal sealed record LoadTimes(double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MostMs)
{
    public static LoadTimes Of(LatencyHistogram histogram) => new(
        histogram.Percentile(0.5).TotalMilliseconds,
        histogram.Percentile(0.9).TotalMilliseconds,
        histogram.Percentile(0.99).TotalMilliseconds,
        histogram.Percentile(0.999).TotalMilliseconds,
        histogram.Most.TotalMilliseconds);
}

/// <summary>What a load came to. Each message is acknowledged, refused, unacknowledged or not sent.</summary>
/// <param name="Devices">Devices.</param>
/// <param name="Connections">Connections they shared.</param>
/// <param name="AskedPerSecond">Rate asked for.</param>
/// <param name="SentPerSecond">Rate reached, from the start until the last message was sent.</param>
/// <param name="Seconds">Time from the start until the last message was sent.</param>
/// <param name="Messages">Messages that came due.</param>
/// <param name="Acknowledged">Messages the broker has acknowledged.</param>
/// <param name="Refused">Messages it refused.</param>
/// <param name="Unacknowledged">Messages whose answer never came.</param>
/// <param name="NotSent">Messages that could not be sent in time.</param>
/// <param name="BrokenConnections">Connections that broke, each time.</param>
/// <param name="Unexpected">Acknowledgements of what was not sent.</param>
/// <param name="Latency">From due to acknowledged.</param>
/// <param name="Lateness">From due to sent.</param>
/// <param name="CpuMicrosecondsPerMessage">CPU time of this process per message sent.</param>
/// <param name="BytesAllocatedPerMessage">Memory it allocated per message sent.</param>
/// <param name="Trouble">The last thing that went wrong; null: nothing did.</param>
internal sealed record LoadSummary(
    int Devices,
    int Connections,
    double AskedPerSecond,
    double SentPerSecond,
    double Seconds,
    long Messages,
    long Acknowledged,
    long Refused,
    long Unacknowledged,
    long NotSent,
    long BrokenConnections,
    long Unexpected,
    LoadTimes Latency,
    LoadTimes Lateness,
    double CpuMicrosecondsPerMessage,
    double BytesAllocatedPerMessage,
    string? Trouble)
{
    /// <summary>Whether all came due, was sent at the rate asked for, and was acknowledged.</summary>
    public bool IsWhole => Acknowledged == Messages && BrokenConnections == 0 && SentPerSecond >= 0.99 * AskedPerSecond;
}
