namespace SmartFarm.Campaign.Field;

/// <summary>A set of message numbers, one bit each. Not thread-safe.</summary>
internal sealed class NumberSet
{
    private ulong[] _bits = new ulong[1024];

    public long Count { get; private set; }

    public bool Contains(long n) => n >> 6 < _bits.Length && (_bits[n >> 6] & (1UL << (int)(n & 63))) != 0;

    /// <summary>Adds; false when it is in already.</summary>
    public bool Add(long n)
    {
        if (n >> 6 >= _bits.Length)
        {
            Array.Resize(ref _bits, Math.Max(_bits.Length * 2, (int)(n >> 6) + 1));
        }

        if (Contains(n))
        {
            return false;
        }

        _bits[n >> 6] |= 1UL << (int)(n & 63);
        Count++;
        return true;
    }
}
