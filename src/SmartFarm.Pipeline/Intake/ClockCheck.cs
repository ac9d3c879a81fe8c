using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Intake;

/// <summary>Whether a device's time can be believed. Old data is welcome (a device that was offline, a replay); impossible times are not.</summary>
public static class ClockCheck
{
    /// <summary>How far a device's clock may run ahead of ours.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The earliest believable time, 2015-01-01 UTC: clocks that were reset say 1970, 1980 or 2000.</summary>
    public const long EarliestMs = 1_420_070_400_000;

    /// <summary>Judges a time; null when it can be believed.</summary>
    public static DecodeFailure? Judge(long timeMs, long nowMs)
    {
        if (nowMs < EarliestMs)
        {
            return new DecodeFailure(RejectReason.TimeTooOld, $"The clock of this computer says {Show(nowMs)}: set it, and install a time service such as chrony.");
        }

        if (timeMs < EarliestMs)
        {
            return new DecodeFailure(RejectReason.TimeTooOld, $"The time {Show(timeMs)} is before 2015: set the device's clock, or let it send no time.");
        }

        if (timeMs > nowMs + (long)Tolerance.TotalMilliseconds)
        {
            var ahead = TimeSpan.FromMilliseconds(timeMs - nowMs);
            return new DecodeFailure(
                RejectReason.TimeInFuture,
                $"The time {Show(timeMs)} is {(ahead.TotalDays >= 1 ? $"{ahead.TotalDays:0} days" : $"{ahead.TotalMinutes:0} min")} ahead: set the device's clock"
                + (ahead < TimeSpan.FromHours(15) ? " (or does it send local time as UTC?)." : "."));
        }

        return null;
    }

    private static string Show(long timeMs) => timeMs is > -62_135_596_800_000 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
        : $"{timeMs} ms";
}
