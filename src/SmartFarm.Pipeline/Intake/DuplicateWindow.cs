namespace SmartFarm.Pipeline.Intake;

/// <summary>
/// Remembers the fingerprints of the messages stored last, to tell a redelivery. Holds at least as many as a source may have
/// unacknowledged, because that is what a broker sends again after a crash; the oldest go first. Not thread-safe.
/// </summary>
public sealed class DuplicateWindow
{
    /// <summary>Fingerprints kept: twice the largest Receive Maximum of MQTT.</summary>
    public const int Capacity = 131_072;

    // Open addressing with linear probing at half load (Knuth, The Art of Computer Programming 3, §6.4, algorithms L and R): one look at
    // memory for each message, where a general set needs several.
    private const int Mask = (Capacity * 2) - 1;
    private readonly ulong[] _slots = new ulong[Capacity * 2];
    private readonly ulong[] _order = new ulong[Capacity];
    private long _added;

    /// <summary>Remembers a fingerprint; false when it is already known.</summary>
    public bool TryAdd(ulong fingerprint)
    {
        // An empty slot is 0.
        fingerprint = fingerprint == 0 ? 1 : fingerprint;
        var slot = Find(fingerprint);
        if (_slots[slot] == fingerprint)
        {
            return false;
        }

        _slots[slot] = fingerprint;
        ref var oldest = ref _order[_added & (Capacity - 1)];
        if (_added++ >= Capacity)
        {
            Remove(Find(oldest));
        }

        oldest = fingerprint;
        return true;
    }

    /// <summary>The slot of a fingerprint, or the empty one where it belongs.</summary>
    private int Find(ulong fingerprint)
    {
        var slot = (int)fingerprint & Mask;
        while (_slots[slot] != 0 && _slots[slot] != fingerprint)
        {
            slot = (slot + 1) & Mask;
        }

        return slot;
    }

    /// <summary>Empties a slot, and moves up what would no longer be found behind it.</summary>
    private void Remove(int empty)
    {
        for (var slot = (empty + 1) & Mask; _slots[slot] != 0; slot = (slot + 1) & Mask)
        {
            var home = (int)_slots[slot] & Mask;
            if (((slot - home) & Mask) >= ((slot - empty) & Mask))
            {
                _slots[empty] = _slots[slot];
                empty = slot;
            }
        }

        _slots[empty] = 0;
    }
}
