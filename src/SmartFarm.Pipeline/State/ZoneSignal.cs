using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SmartFarm.Pipeline.State;

/// <summary>Says which zones have changed. Many say it, one waits and takes them; each zone stands in the queue once at most. Thread-safe.</summary>
public sealed class ZoneSignal : IDisposable
{
    private readonly ConcurrentQueue<ZoneState> _zones = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private int _isSet;

    /// <summary>A zone has changed.</summary>
    public void Set(ZoneState zone)
    {
        if (zone.TryQueue())
        {
            _zones.Enqueue(zone);
            Set();
        }
    }

    /// <summary>Wakes whoever waits, without a change.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _changed.Release();
        }
    }

    /// <summary>Completes when something has changed since the last time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _changed.WaitAsync(cancellationToken);
        Volatile.Write(ref _isSet, 0);
    }

    /// <summary>Takes a zone that has changed; it may be queued again from now on.</summary>
    public bool TryTake([MaybeNullWhen(false)] out ZoneState zone)
    {
        if (!_zones.TryDequeue(out zone))
        {
            return false;
        }

        zone.Unqueue();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();
}
