using System.Diagnostics;

namespace SmartFarm.Campaign.Servers;

/// <summary>The session that a broker keeps for the worker: what was sent and not acknowledged, and what comes next. Thread-safe.</summary>
internal sealed class TelemetrySession
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly List<Sent> _unacknowledged = [];
    private readonly HashSet<ushort> _usedIds = [];
    private readonly Stopwatch _watch = new();
    private ushort _lastId;
    private long _next;
    private long _allowed;
    private long _rateFrom;
    private int _rate;
    private BrokerConnection? _owner;

    public long NextNumber => Interlocked.Read(ref _next);

    public bool Exists { get; private set; }

    /// <summary>Messages sent and not acknowledged.</summary>
    public int Outstanding
    {
        get
        {
            lock (_lock)
            {
                return _unacknowledged.Count;
            }
        }
    }

    public void Allow(long upTo, int rate)
    {
        lock (_lock)
        {
            (_allowed, _rate, _rateFrom) = (upTo, rate, _next);
            _watch.Restart();
        }

        Wake();
    }

    /// <summary>Makes a connection the one that carries the session; an earlier one is ended. Gives what has to be sent again.</summary>
    public IReadOnlyList<Sent> TakeOver(BrokerConnection connection)
    {
        lock (_lock)
        {
            _owner?.Abort();
            _owner = connection;
            Exists = true;
            return [.. _unacknowledged];
        }
    }

    /// <summary>The next message that may go out now; null when there is none, or no room in the window.</summary>
    public Sent? Next(BrokerConnection connection, int window)
    {
        lock (_lock)
        {
            if (_owner != connection || _unacknowledged.Count >= window || _next >= _allowed
                || (_rate > 0 && _next - _rateFrom >= _watch.Elapsed.TotalSeconds * _rate))
            {
                return null;
            }

            do
            {
                _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
            }
            while (!_usedIds.Add(_lastId));
            var sent = new Sent(_next++, _lastId);
            _unacknowledged.Add(sent);
            return sent;
        }
    }

    /// <summary>Forgets what is acknowledged.</summary>
    public void Done(IReadOnlyCollection<Sent> acknowledged)
    {
        lock (_lock)
        {
            // Acknowledged in order, they are the first ones: one move for all of them.
            var from = acknowledged.Count <= _unacknowledged.Count && _unacknowledged.Take(acknowledged.Count).SequenceEqual(acknowledged) ? acknowledged.Count : 0;
            _unacknowledged.RemoveRange(0, from);
            if (from == 0)
            {
                var done = acknowledged.ToHashSet();
                _unacknowledged.RemoveAll(done.Contains);
            }

            foreach (var sent in acknowledged)
            {
                _usedIds.Remove(sent.PacketId);
            }
        }

        Wake();
    }

    /// <summary>Waits until something may have changed, some milliseconds at most.</summary>
    public Task<bool> WaitAsync(CancellationToken cancellationToken) => _wake.WaitAsync(TimeSpan.FromMilliseconds(5), cancellationToken);

    private void Wake()
    {
        lock (_lock)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }
}
