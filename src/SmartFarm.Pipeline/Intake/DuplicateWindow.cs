namespace SmartFarm.Pipeline.Intake;

/// <summary>
/// Remembers the fingerprints of the messages stored last, to tell a redelivery. Holds at least as many as a source may have
/// unacknowledged, because that is what a broker sends again after a crash; the oldest go first. Not thread-safe.
/// </summary>
public sealed class DuplicateWindow
{
    /// <summary>Fingerprints kept: twice the largest Receive Maximum of MQTT.</summary>
    public const int Capacity = 131_072;

    private readonly HashSet<ulong> _known = new(Capacity);
    private readonly ulong[] _order = new ulong[Capacity];
    private int _next;

    /// <summary>Remembers a fingerprint; false when it is already known.</summary>
    public bool TryAdd(ulong fingerprint)
    {
        if (!_known.Add(fingerprint))
        {
            return false;
        }

        if (_known.Count > Capacity)
        {
            _known.Remove(_order[_next]);
        }

        _order[_next] = fingerprint;
        _next = (_next + 1) % Capacity;
        return true;
    }
}
