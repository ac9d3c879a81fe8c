using SmartFarm.Mqtt;

namespace SmartFarm.Worker.Mqtt;

/// <summary>
/// The gate before a receiver. Open, it only counts; shut, it lets nothing in: what is not taken is not acknowledged, so the broker keeps it
/// for the next connection. The session enters with one thread at a time; anyone may shut the gate or look.
/// </summary>
internal sealed class GatedReceiver(IMqttReceiver receiver) : IMqttReceiver
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _entered;
    private volatile bool _isInside;
    private volatile bool _isShut;

    /// <summary>Number of the message that is being handed over at this moment; null between two batches.</summary>
    public long? Inside => _isInside ? Volatile.Read(ref _entered) : null;

    public void OnMessage(in ReceivedMessage message)
    {
        _isInside = true;
        if (!_isShut)
        {
            Volatile.Write(ref _entered, _entered + 1);
            receiver.OnMessage(message);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _isInside = false;
        if (_isShut)
        {
            _left.TrySetResult();
        }

        return receiver.FlushAsync(cancellationToken);
    }

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => receiver.OnProtocolError(reason, bytes);

    /// <summary>Shuts the gate; completes when whoever was inside has left.</summary>
    public Task ShutAsync(CancellationToken cancellationToken)
    {
        _isShut = true;

        // Either the session sees that the gate is shut, or we see that it is inside: the barrier stands in for one on its hot path.
        Interlocked.MemoryBarrierProcessWide();
        return _isInside ? _left.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }
}
