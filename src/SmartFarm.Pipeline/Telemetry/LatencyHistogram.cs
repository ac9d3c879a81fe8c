using System.Numerics;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>
/// Times from 1 µs to 38 hours in buckets of fixed size: 32 for each doubling, so a bucket is at most 3.2 % wide, as HdrHistogram does (G.
/// Tene). Longer times count in the last. Recording is one interlocked addition. Thread-safe.
/// </summary>
public sealed class LatencyHistogram
{
    private const int Bits = 5;
    private const int Half = 1 << Bits;
    private const int Doublings = 33;

    /// <summary>Number of buckets.</summary>
    public const int Size = Half * (Doublings + 1);

    private readonly long[] _counts = new long[Size];

    /// <summary>Counts a time; a negative one counts as 0.</summary>
    public void Record(TimeSpan time) => Interlocked.Increment(ref _counts[BucketOf((long)time.TotalMicroseconds)]);

    /// <summary>How often each bucket was hit so far.</summary>
    public void CopyTo(Span<long> counts)
    {
        for (var i = 0; i < Size; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }
    }

    /// <summary>The bucket of a time.</summary>
    internal static int BucketOf(long microseconds)
    {
        if (microseconds < Half)
        {
            return (int)Math.Max(0, microseconds);
        }

        var shift = BitOperations.Log2((ulong)microseconds) - Bits;
        return (int)Math.Min(Size - 1, ((long)shift * Half) + (microseconds >> shift));
    }

    /// <summary>The longest time of a bucket, in microseconds.</summary>
    internal static long LongestOf(int bucket)
    {
        if (bucket < 2 * Half)
        {
            return bucket;
        }

        var shift = (bucket / Half) - 1;
        return ((((long)bucket % Half) + Half + 1) << shift) - 1;
    }
}
