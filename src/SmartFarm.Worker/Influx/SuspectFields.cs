using SmartFarm.Domain.Text;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Fields whose type the database refused of late, so that a whole stream of them costs one more request per body, and not two per row.
/// Bounded; forgotten after a while. Thread-safe.
/// </summary>
internal sealed class SuspectFields(TimeProvider time)
{
    /// <summary>How long a field is kept apart before its type is tried again among the others.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private const int MostFields = 64;
    private readonly Dictionary<ulong, long> _fields = [];
    private readonly Lock _lock = new();

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                foreach (var (key, since) in _fields)
                {
                    if (time.GetElapsedTime(since) >= Memory)
                    {
                        _fields.Remove(key);
                    }
                }

                return _fields.Count == 0;
            }
        }
    }

    public static ulong KeyOf(ReadOnlySpan<byte> measurement, ReadOnlySpan<byte> field) => Fingerprint.Of(field, Fingerprint.Of(measurement));

    public void Add(ulong key)
    {
        lock (_lock)
        {
            if (_fields.Count < MostFields)
            {
                _fields[key] = time.GetTimestamp();
            }
        }
    }

    public bool Contains(ulong key)
    {
        lock (_lock)
        {
            return _fields.ContainsKey(key);
        }
    }
}
