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

    /// <summary>By how much its last time was ahead of ours and therefore refused, in ms; 0 when it was not.</summary>
    public long AheadMs { get; private set; }

    /// <summary>Judges a time that was sent; null when it can be believed.</summary>
    /// <param name="timeMs">Unix ms, by the sender.</param>
    /// <param name="now">Ours.</param>
    /// <param name="steadyMs">When it was, by the steady clock; never after <paramref name="now"/>.</param>
    public DecodeFailure? Judge(long timeMs, in Moment now, out long steadyMs)
    {
        var offsetMs = now.OffsetMs;
        if (IsLive(timeMs, now, offsetMs))
        {
            _agreedOffsetMs = offsetMs;
        }
        else if (_agreedOffsetMs is { } agreed && IsLive(timeMs, now, agreed))
        {
            offsetMs = agreed;
        }

        steadyMs = Math.Min(timeMs - offsetMs, now.SteadyMs);
        var refused = ClockCheck.Judge(timeMs, now.SteadyMs + offsetMs);
        AheadMs = refused?.Reason == RejectReason.TimeInFuture ? timeMs - now.WallMs : 0;
        return refused;
    }

    /// <summary>When a live time was, by the steady clock; null when it is old or impossible. No time at all: now.</summary>
    public long? Live(long? timeMs, in Moment now) =>
        timeMs is not { } time ? now.SteadyMs
        : IsLive(time, now, _agreedOffsetMs ?? now.OffsetMs) ? Math.Min(time - (_agreedOffsetMs ?? now.OffsetMs), now.SteadyMs)
        : null;

    /// <summary>The wall clock as the sender has it, as far as is known: for times that it will compare with its own.</summary>
    public DateTimeOffset Now(in Moment now) => DateTimeOffset.FromUnixTimeMilliseconds(_agreedOffsetMs is { } agreed ? now.SteadyMs + agreed : now.WallMs);

    private static bool IsLive(long timeMs, in Moment now, long offsetMs) =>
        timeMs >= ClockCheck.EarliestMs && Math.Abs(timeMs - offsetMs - now.SteadyMs) <= ClockCheck.Tolerance.TotalMilliseconds;
}
