namespace SmartFarm.Worker.Demo;

/// <summary>
/// The demo goes live at ten in the morning of a day in May, by the time of Turkestan (UTC+5), whatever the calendar says: vents have work
/// to do by day, and the heater by night.
/// </summary>
internal static class DemoSeason
{
    /// <summary>World time less wall time at the beginning of the past that is made up first.</summary>
    public static TimeSpan Offset(DateTimeOffset now, TimeSpan past, double speed) =>
        new DateTimeOffset(now.Year, 5, 10, 5, 0, 0, TimeSpan.Zero) - now + past - (past * speed);
}
