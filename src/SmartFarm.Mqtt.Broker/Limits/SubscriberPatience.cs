namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>How a subscriber keeps up.</summary>
internal enum SubscriberFlow
{
    /// <summary>There is room in its queue.</summary>
    Flowing,

    /// <summary>Its queue was full and has not drained by half: publishers wait.</summary>
    Full,

    /// <summary>Publishers have waited long enough: nobody waits until it has drained by half.</summary>
    Stalled,
}

/// <summary>Lets publishers wait for one slow subscriber, all of them together no longer than the patience. Thread-safe.</summary>
internal sealed class SubscriberPatience(TimeProvider time, TimeSpan patience)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private SubscriberFlow _flow;
    private long _fullSince;

    public SubscriberFlow Flow
    {
        get
        {
            lock (_lock)
            {
                return _flow;
            }
        }
    }

    /// <summary>The queue was found full.</summary>
    public void OnFull()
    {
        lock (_lock)
        {
            if (_flow == SubscriberFlow.Flowing)
            {
                Move(SubscriberFlow.Full);
            }
        }
    }

    /// <summary>The queue has drained by half, or there is nobody to wait for any more.</summary>
    public void OnRoom()
    {
        lock (_lock)
        {
            if (_flow != SubscriberFlow.Flowing)
            {
                Move(SubscriberFlow.Flowing);
            }
        }
    }

    /// <summary>Completes when the subscriber is no longer merely full: it flows again, or it is stalled.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task changed;
        TimeSpan left;
        lock (_lock)
        {
            if (_flow != SubscriberFlow.Full)
            {
                return;
            }

            changed = _changed.Task;
            left = patience - time.GetElapsedTime(_fullSince);
        }

        try
        {
            await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                if (_flow == SubscriberFlow.Full && ReferenceEquals(changed, _changed.Task))
                {
                    Move(SubscriberFlow.Stalled);
                }
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Move(SubscriberFlow next)
    {
        _flow = next;
        if (next == SubscriberFlow.Full)
        {
            _fullSince = time.GetTimestamp();
        }
        else
        {
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }
}
