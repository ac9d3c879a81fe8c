using SmartFarm.Domain.Text;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Tells a database that is out of order from rows that it can never take: the same rows met with the same status again and again, for long
/// enough. Remembers a few groups of rows by their first one. Thread-safe.
/// </summary>
internal sealed class Patience(TimeProvider time)
{
    /// <summary>Fewest times that rows are refused alike before they are suspected.</summary>
    public const int Times = 8;

    /// <summary>Shortest time over which they are.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    private const int MostGroups = 8;
    private readonly Dictionary<ulong, (int Status, int Times, long Since)> _groups = [];
    private readonly Lock _lock = new();

    /// <summary>Notes a failure; true when these rows are to be suspected.</summary>
    public bool IsOver(ReadOnlySpan<byte> firstRow, int status)
    {
        var key = Fingerprint.Of(firstRow);
        lock (_lock)
        {
            if (!_groups.TryGetValue(key, out var seen) || seen.Status != status)
            {
                if (_groups.Count >= MostGroups)
                {
                    _groups.Clear();
                }

                seen = (status, 0, time.GetTimestamp());
            }

            seen.Times++;
            _groups[key] = seen;
            return seen.Times >= Times && time.GetElapsedTime(seen.Since) >= Duration;
        }
    }

    /// <summary>These rows were taken.</summary>
    public void Forget(ReadOnlySpan<byte> firstRow)
    {
        lock (_lock)
        {
            _groups.Remove(Fingerprint.Of(firstRow));
        }
    }
}
