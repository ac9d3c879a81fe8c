namespace SmartFarm.Simulator.Load;

/// <summary>The messages of one connection that are not acknowledged yet, at most a window of them; each has a slot, and the packet id slot + 1. Not thread-safe.</summary>
internal sealed class InFlight
{
    private readonly TimeSpan[] _due;
    private readonly ushort[] _free;
    private readonly bool[] _isTaken;
    private int _freeCount;

    /// <param name="window">Most messages at a time.</param>
    public InFlight(int window)
    {
        (_due, _free, _isTaken, _freeCount) = (new TimeSpan[window], new ushort[window], new bool[window], window);
        for (var slot = 0; slot < window; slot++)
        {
            _free[slot] = (ushort)slot;
        }
    }

    /// <summary>Messages that may still be sent.</summary>
    public int Room => _freeCount;

    /// <summary>Messages that wait for their acknowledgement.</summary>
    public int Count => _free.Length - _freeCount;

    /// <summary>Takes a message in and gives its packet id. There must be room.</summary>
    public ushort Add(TimeSpan due)
    {
        var slot = _free[--_freeCount];
        (_due[slot], _isTaken[slot]) = (due, true);
        return (ushort)(slot + 1);
    }

    /// <summary>An acknowledgement has come; null when nothing waits for it, otherwise when the message was due.</summary>
    public TimeSpan? Remove(ushort packetId)
    {
        var slot = packetId - 1;
        if (slot < 0 || slot >= _due.Length || !_isTaken[slot])
        {
            return null;
        }

        _isTaken[slot] = false;
        _free[_freeCount++] = (ushort)slot;
        return _due[slot];
    }
}
