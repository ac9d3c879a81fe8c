using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Replay;

/// <summary>Publishes with a bounded number of messages waiting for their acknowledgement, and counts what came of them.</summary>
internal sealed class AckWindow(Func<MqttMessage, CancellationToken, ValueTask> publish, int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private long _acknowledged;
    private long _refused;
    private string? _firstRefusal;
    private Exception? _fault;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long Refused => Interlocked.Read(ref _refused);

    public string? FirstRefusal => _firstRefusal;

    /// <summary>Hands a message on as soon as there is room.</summary>
    public async ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        ThrowFault();
        _ = SettleAsync(message, cancellationToken);
    }

    /// <summary>Completes when everything handed on has been answered.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync(cancellationToken);
        }

        ThrowFault();
    }

    public void Dispose() => _free.Dispose();

    private async Task SettleAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await publish(message, cancellationToken);
            Interlocked.Increment(ref _acknowledged);
        }
        catch (MqttPublishException e)
        {
            Interlocked.Increment(ref _refused);
            Interlocked.CompareExchange(ref _firstRefusal, e.Message, null);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _fault, e, null);
        }
        finally
        {
            _free.Release();
        }
    }

    private void ThrowFault()
    {
        if (_fault is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }
}
