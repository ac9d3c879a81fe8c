using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Pipeline.Clocks;

/// <summary>
/// How the clock of one sender stands to ours. While both agree, that is remembered; when our wall clock is stepped and the sender's is not,
/// its times go on to be read by the clock they agreed with, so that nobody becomes old, or of the future, by our step. One caller at a time.
/// </summary>
public sealed class SenderClock
{
    private long? _agreedOffsetMs;
    private long _newestOffsetMs = long.MinValue;

    /// <summary>By how much its last time was ahead of our wall clock when it came, in ms; negative: behind; null: it has sent no time.</summary>
    public long? AheadMs { get; private set; }

    /// <summary>Judges a time that was sent; null when it can be believed.</summary>
    /// <param name="timeMs">Unix ms, by the sender.</param>
    /// <param name="now">Ours.</param>
    /// <param name="steadyMs">When it was, by the steady clock; never after <paramref name="now"/>.</param>
    public DecodeFailure? Judge(long timeMs, in Moment now, out long steadyMs)
    {
        // Of the clock they agreed with and ours as it is now, the one that this time fits better.
        var offsetMs = _agreedOffsetMs is { } agreed && Distance(timeMs, now, agreed) <= Distance(timeMs, now, now.OffsetMs) ? agreed : now.OffsetMs;
        if (IsLive(timeMs, now, offsetMs))
        {
            _agreedOffsetMs = offsetMs;
        }
        else
        {
            offsetMs = now.OffsetMs;
        }

        _newestOffsetMs = Math.Max(_newestOffsetMs, timeMs - now.SteadyMs);
        steadyMs = Math.Min(timeMs - offsetMs, now.SteadyMs);
        AheadMs = timeMs - now.WallMs;
        return ClockCheck.Judge(timeMs, now.SteadyMs + offsetMs);
    }

    /// <summary>When a live time was, by the steady clock; null when it is old or impossible. No time at all: now.</summary>
    public long? Live(long? timeMs, in Moment now) =>
        timeMs is not { } time ? now.SteadyMs
        : IsLive(time, now, _agreedOffsetMs ?? now.OffsetMs) ? Math.Min(time - (_agreedOffsetMs ?? now.OffsetMs), now.SteadyMs)
        : null;

    /// <summary>
    /// The wall clock as the sender has it, as far as is known: for times that it will compare with its own. While ours is one that was reset, the
    /// newest time it ever sent is the better guess.
    /// </summary>
    public DateTimeOffset Now(in Moment now) => DateTimeOffset.FromUnixTimeMilliseconds(
        _agreedOffsetMs is { } agreed ? now.SteadyMs + agreed
        : now.WallMs < ClockCheck.EarliestMs && _newestOffsetMs != long.MinValue ? now.SteadyMs + _newestOffsetMs
        : now.WallMs);

    private static bool IsLive(long timeMs, in Moment now, long offsetMs) =>
        timeMs >= ClockCheck.EarliestMs && Distance(timeMs, now, offsetMs) <= ClockCheck.Tolerance.TotalMilliseconds;

    private static long Distance(long timeMs, in Moment now, long offsetMs) => Math.Abs(timeMs - offsetMs - now.SteadyMs);
}
