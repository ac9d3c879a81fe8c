using System.Collections.Concurrent;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>All open connections, bounded in number. Thread-safe.</summary>
internal sealed class ConnectionSet(int max)
{
    private readonly ConcurrentDictionary<ClientConnection, bool> _connections = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when there are too many.</summary>
    public bool TryAdd(ClientConnection connection)
    {
        if (Interlocked.Increment(ref _count) > max)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        return _connections.TryAdd(connection, true);
    }

    public void Remove(ClientConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public void CheckTimes(long now)
    {
        foreach (var (connection, _) in _connections)
        {
            connection.CheckTimes(now);
        }
    }
}
