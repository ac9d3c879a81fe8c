namespace SmartFarm.Worker.Mqtt;

/// <summary>
/// Repeats a sign of life, never two at a time: one that the broker cannot take holds back the next, and leaves when the broker is there again.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> _beat;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private volatile Task _beating = Task.CompletedTask;

    /// <param name="beat">Gives the sign; takes care of its own failures.</param>
    /// <param name="interval">Time between two signs. The first is given at once.</param>
    /// <param name="clock">Clock of the farm.</param>
    /// <param name="stop">Ends it.</param>
    public Heartbeat(Func<CancellationToken, Task> beat, TimeSpan interval, TimeProvider clock, CancellationToken stop)
    {
        (_beat, _stop) = (beat, stop);
        Beat();
        _timer = clock.CreateTimer(_ => Beat(), null, interval, interval);
    }

    /// <summary>Completes when the sign that is being given has left.</summary>
    public Task Beating => _beating;

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _beating;
    }

    private void Beat()
    {
        if (_beating.IsCompleted && !_stop.IsCancellationRequested)
        {
            _beating = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            await _beat(_stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
