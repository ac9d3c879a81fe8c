namespace SmartFarm.Simulator.Replay;

/// <summary>
/// Turns the local times of a recording into instants. In the hour that a clock change repeats, a time is taken as the first of the two
/// unless that would run backwards. Not thread-safe: it remembers the row before.
/// </summary>
internal sealed class LocalTimes(TimeZoneInfo zone)
{
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>The instant of a local time; null for a time that the clock change left out.</summary>
    public DateTimeOffset? Instant(DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            return null;
        }

        var instant = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset)).Aggregate((first, second) => first > _last ? first : second)
            : new DateTimeOffset(local, zone.GetUtcOffset(local));
        return _last = instant;
    }
}
