namespace SmartFarm.Worker.Influx;

/// <summary>How large a body may be, learned from bodies that were too large or took too long; forgotten after a while. Thread-safe.</summary>
internal sealed class BodyLimit(TimeProvider time)
{
    /// <summary>How long a lesson holds before the whole is tried again.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private const int SmallestAfterTimeout = 16 * 1024;
    private readonly Lock _lock = new();
    private int _bytes = int.MaxValue;
    private long _learned;

    /// <summary>Most bytes to send in one body now.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                if (_bytes != int.MaxValue && time.GetElapsedTime(_learned) >= Memory)
                {
                    _bytes = int.MaxValue;
                }

                return _bytes;
            }
        }
    }

    /// <summary>A body of this size was refused for its size.</summary>
    public void TooLarge(int bytes) => Learn(Half(bytes));

    /// <summary>A body of this size was not answered in time.</summary>
    public void TooSlow(int bytes) => Learn(Math.Max(Half(bytes), SmallestAfterTimeout));

    /// <summary>A little more than half, since two halves of rows are never quite equal.</summary>
    private static int Half(int bytes) => Math.Max((bytes / 2) + (bytes / 16), 1);

    private void Learn(int bytes)
    {
        lock (_lock)
        {
            (_bytes, _learned) = (Math.Min(_bytes, bytes), time.GetTimestamp());
        }
    }
}
