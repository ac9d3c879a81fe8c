namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// The running numbers of one sender: the highest, and which of the 64 up to it have come. A number that is skipped is missing until it comes
/// late. The window is that of RFC 4302 section 3.4.3; telling a restart from a straggler without a clock follows RFC 3550 appendix A.1 (two
/// in a row). Fixed size. Not thread-safe.
/// </summary>
public record struct SequenceWindow
{
    /// <summary>Numbers remembered below the highest.</summary>
    public const int Width = 64;

    /// <summary>A jump ahead by more is a new count (another firmware, a device swapped), not as many losses.</summary>
    public const long LongestGap = 100_000;

    private const long Small = 16;
    private static readonly int[] Widths = [8, 16, 31, 32, 53, 63];
    private long _next;

    /// <summary>The highest number.</summary>
    public long Highest { get; init; }

    /// <summary>Bit i: the number <see cref="Highest"/> − i has come, or does not count as missing. 0: nothing has come yet.</summary>
    public ulong Seen { get; init; }

    /// <summary>The newest time that came with a number, Unix ms by the sender; 0: none did.</summary>
    public long TimeMs { get; init; }

    /// <summary>Takes a number.</summary>
    /// <param name="number">The number; negative ones are no running numbers and change nothing.</param>
    /// <param name="timeMs">The sender's time of it, or null.</param>
    /// <param name="maybeRestarted">Whether the sender has connected anew since the last number.</param>
    /// <returns>By how much the count of missing numbers changes.</returns>
    public long Take(long number, long? timeMs, bool maybeRestarted)
    {
        if (number < 0)
        {
            return 0;
        }

        var ahead = number - Highest;
        if (Seen == 0 || ahead > LongestGap)
        {
            Begin(number, timeMs);
            return 0;
        }

        if (ahead > 0)
        {
            this = new SequenceWindow { Highest = number, Seen = (ahead < Width ? Seen << (int)ahead : 0) | 1, TimeMs = Math.Max(TimeMs, timeMs ?? 0) };
            return ahead - 1;
        }

        var isNewer = TimeMs != 0 && timeMs > TimeMs;
        var isOlder = TimeMs != 0 && timeMs <= TimeMs;
        if (!isNewer && -ahead < Width && (Seen & (1UL << (int)-ahead)) == 0)
        {
            this = this with { Seen = Seen | (1UL << (int)-ahead), _next = 0 };
            return -1;
        }

        var wrapped = Wrapped(number);
        var isFarBack = -ahead >= Width;
        if (!isOlder && (isNewer || maybeRestarted || number == _next || (isFarBack && (wrapped is not null || number <= Small))))
        {
            Begin(number, timeMs);
            return wrapped ?? 0;
        }

        _next = number + 1;
        return 0;
    }

    private void Begin(long number, long? timeMs) =>
        this = new SequenceWindow { Highest = number, Seen = ulong.MaxValue, TimeMs = timeMs ?? TimeMs };

    /// <summary>Numbers skipped when a counter of a usual width has begun again at 0; null when it has not.</summary>
    private readonly long? Wrapped(long number)
    {
        foreach (var width in Widths)
        {
            var last = (long)((1UL << width) - 1);
            if (Highest <= last && last - Highest <= Small && number <= Small)
            {
                return last - Highest + number;
            }
        }

        return null;
    }
}
