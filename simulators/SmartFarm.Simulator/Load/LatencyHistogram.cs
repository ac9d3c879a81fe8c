using System.Numerics;

namespace SmartFarm.Simulator.Load;

/// <summary>
/// Times counted in bins whose width grows with the time, so that each percentile is right to 1 part in 64, from a microsecond to days. Of fixed size; thread-safe.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int Bits = 6;
    private readonly long[] _counts = new long[(64 - Bits) << Bits];
    private long _most;

    /// <summary>Longest time seen.</summary>
    public TimeSpan Most => TimeSpan.FromMicroseconds(Volatile.Read(ref _most));

    /// <summary>Counts a time; one below zero counts as zero.</summary>
    public void Add(TimeSpan time)
    {
        var microseconds = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref _counts[Bin(microseconds)]);
        for (var most = Volatile.Read(ref _most); microseconds > most; most = Volatile.Read(ref _most))
        {
            Interlocked.CompareExchange(ref _most, microseconds, most);
        }
    }

    /// <summary>Time within which a share of all lies; zero when nothing was counted.</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan Percentile(double share)
    {
        var wanted = Math.Max(1, Math.Ceiling(share * _counts.Sum()));
        var seen = 0L;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            seen += Volatile.Read(ref _counts[bin]);
            if (seen >= wanted)
            {
                return TimeSpan.FromMicroseconds(Math.Min(Middle(bin), Volatile.Read(ref _most)));
            }
        }

        return TimeSpan.Zero;
    }

    private static int Bin(long microseconds)
    {
        var shift = Math.Max(0, 63 - Bits - BitOperations.LeadingZeroCount((ulong)microseconds));
        return (shift << Bits) + (int)(microseconds >> shift);
    }

    /// <summary>The bins of one shift lie above the 64 that the one before shares with it.</summary>
    private static long Middle(int bin)
    {
        var shift = Math.Max(0, (bin >> Bits) - 1);
        var low = (long)(bin - (shift << Bits)) << shift;
        return low + ((1L << shift) / 2);
    }
}
