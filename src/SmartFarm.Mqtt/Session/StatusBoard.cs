using Microsoft.Extensions.Logging;

namespace SmartFarm.Mqtt.Session;

/// <summary>Shows what the session is doing. <see cref="Move"/> is the one place where its state changes; the session's loop alone calls it.</summary>
internal sealed class StatusBoard(string clientId, ILogger logger)
{
    private readonly Lock _lock = new();
    private MqttSessionStatus _status = new(MqttSessionState.Stopped, "Not started.", SessionLost: false);
    private TaskCompletionSource _ready = NewSource();

    public event Action<MqttSessionStatus>? Changed;

    public MqttSessionStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>Completes when ready; fails when the session is over.</summary>
    public Task WhenReady
    {
        get
        {
            lock (_lock)
            {
                return _ready.Task;
            }
        }
    }

    public void Move(MqttSessionState state, string reason, bool sessionLost)
    {
        var status = new MqttSessionStatus(state, reason, sessionLost);
        lock (_lock)
        {
            _status = status;
            if (state is MqttSessionState.Ready)
            {
                _ready.TrySetResult();
            }
            else if (state is MqttSessionState.Failed or MqttSessionState.Stopped)
            {
                _ready = _ready.Task.IsCompleted ? NewSource() : _ready;
                _ready.TrySetException(new MqttSessionException(reason));
                _ = _ready.Task.Exception;
            }
            else if (_ready.Task.IsCompleted)
            {
                _ready = NewSource();
            }
        }

        Say(state, reason);
        try
        {
            Changed?.Invoke(status);
        }
        catch (Exception e)
        {
            SessionLog.ListenerFault(logger, e, clientId);
        }
    }

    private void Say(MqttSessionState state, string reason)
    {
        if (state == MqttSessionState.Failed)
        {
            SessionLog.Failed(logger, clientId, reason);
        }
        else
        {
            SessionLog.Moved(logger, clientId, state, reason);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
