namespace SmartFarm.Simulator.Replay;

/// <summary>What of a recording is sent, and how fast.</summary>
public sealed record ReplayOptions
{
    /// <summary>Seconds of the recording per second; infinity: as fast as the broker acknowledges.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Rows before this are left out.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Rows from this on are left out.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether time stamps are moved so that the last row bears the time at which it is sent: no reading lies in the future.</summary>
    public bool ShiftToNow { get; init; }

    /// <summary>First level of the topics.</summary>
    public string Root { get; init; } = "farm";

    /// <summary>Most messages published and not yet acknowledged.</summary>
    public int Window { get; init; } = 256;
}
