namespace SmartFarm.Pipeline.State;

/// <summary>Says that some zone has changed. Many say it, one waits. Thread-safe.</summary>
public sealed class ZoneSignal : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);
    private int _isSet;

    /// <summary>Something has changed.</summary>
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

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();
}
