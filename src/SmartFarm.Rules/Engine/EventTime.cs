namespace SmartFarm.Rules.Engine;

/// <summary>What is a time to the engine.</summary>
internal static class EventTime
{
    /// <summary>Before and after these, in ms from 1970, no calendar has a day for it, wall offset included.</summary>
    private const long First = -30_000_000_000_000;
    private const long Last = 100_000_000_000_000;

    /// <summary>Refuses what is no time before anything is changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside the years 1019 to 5138.</exception>
    public static void Check(long timeMs)
    {
        if (timeMs is < First or > Last)
        {
            throw new ArgumentOutOfRangeException(nameof(timeMs), timeMs, "The time of a rule event lies outside the years 1019 to 5138: a clock is wrong; the event is not taken.");
        }
    }

    /// <summary>A time moved; what stands for never or for ever stays so.</summary>
    public static long Shift(long timeMs, long ms) => timeMs is < First or > Last ? timeMs : timeMs + ms;
}
