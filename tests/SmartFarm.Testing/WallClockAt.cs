namespace SmartFarm.Testing;

/// <summary>A clock whose wall time stands still (or is stepped) while its timers run in real time: for code whose waits a test does not care about.</summary>
public sealed class WallClockAt(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Step(TimeSpan by) => _now += by;
}
