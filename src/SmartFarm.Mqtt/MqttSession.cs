using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Session;

namespace SmartFarm.Mqtt;

/// <summary>The session over TCP or TLS. See <see cref="IMqttSession"/>.</summary>
public sealed class MqttSession : IMqttSession
{
    /// <summary>Refusals as not authorized, one after another, that are taken for final.</summary>
    private const int NotAuthorizedLimit = 3;

    internal const string MakingWay = "Making way for another client with the same id, which has another session of ours.";

    // Two clients that come back at once need milliseconds for this; a broker does not crash so often.
    private static readonly TimeSpan s_contest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_longPause = TimeSpan.FromMinutes(5);
    private readonly SessionParts _parts;
    private readonly StatusBoard _board;
    private readonly Backoff _backoff;
    private readonly RecurrenceWatch _takeovers;
    private readonly RecurrenceWatch _hangUps;
    private readonly RecurrenceWatch _broken;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private volatile Connection? _connection;
    private Task? _running;
    private int _connections;
    private int _attempts;
    private bool _wasThereAtOnce;
    private bool _wasReady;
    private long _aside;
    private int _notAuthorized;
    private bool _disposed;
    private bool _hadSession;
    private bool _sessionLost;

    /// <summary>Makes a session that is not started yet.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="receiver">Takes the messages; null: what comes is acknowledged and dropped.</param>
    /// <param name="time">Clock of every wait.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="ArgumentException">A setting cannot be used.</exception>
    public MqttSession(MqttSessionOptions options, IMqttReceiver? receiver, TimeProvider time, ILogger<MqttSession> logger)
    {
        OptionsCheck.Check(options);
        _parts = new SessionParts(options, receiver, time, logger, Counters, new Publisher(options.Version, time, Counters));
        _board = new StatusBoard(options.ClientId, logger);
        _backoff = new Backoff(options.MinBackoff, options.MaxBackoff, options.Seed);
        _takeovers = new RecurrenceWatch(time, 3, TimeSpan.FromMinutes(1));
        _hangUps = new RecurrenceWatch(time, 3, s_contest);
        _broken = new RecurrenceWatch(time, 10, TimeSpan.FromMinutes(1));
    }

    /// <inheritdoc/>
    public event Action<MqttSessionStatus>? StatusChanged
    {
        add => _board.Changed += value;
        remove => _board.Changed -= value;
    }

    /// <summary>
    /// Another client with our id keeps taking the session, and we leave it alone for that time. Sessions that belong together should
    /// <see cref="StandAside"/> together: otherwise one client ends up with one of them and the other with the other.
    /// </summary>
    public event Action<TimeSpan>? Contested;

    /// <inheritdoc/>
    public MqttSessionStatus Status => _board.Status;

    /// <summary>Messages that wait to be sent, or for the broker's acknowledgement.</summary>
    public int Outgoing => _parts.Publisher.Count;

    /// <summary>What the session has counted.</summary>
    public MqttSessionCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed || _stop.IsCancellationRequested, this);
            _running ??= Task.Run(RunAsync);
        }
    }

    /// <inheritdoc/>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => _board.WhenReady.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        OptionsCheck.Check(message);
        return _parts.Publisher.PublishAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public void Acknowledge(AckTicket first, int count = 1)
    {
        if (_connection is { } connection && connection.Number == first.Connection)
        {
            connection.Acknowledge(first.Sequence, count);
        }
    }

    /// <summary>Disconnects, and connects again after a time. Thread-safe.</summary>
    public void StandAside(TimeSpan pause)
    {
        Interlocked.Exchange(ref _aside, pause.Ticks);
        _connection?.StandAside();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task running;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            running = _running ??= Task.CompletedTask;
        }

        await _stop.CancelAsync();
        await running.WaitAsync(cancellationToken);
        _parts.Publisher.Close(new MqttSessionException("The session was stopped."));
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        lock (_lock)
        {
            _disposed = true;
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var end = await AttemptAsync();
            if (end.Kind == EndKind.Fatal)
            {
                _parts.Publisher.Close(new MqttSessionException(end.Reason));
                _board.Move(MqttSessionState.Failed, end.Reason, _sessionLost);
                return;
            }

            if (end.Kind != EndKind.Stopped)
            {
                var wait = WaitAfter(end.Kind);
                var waiting = Task.Delay(wait, _parts.Time, _stop.Token);
                _board.Move(MqttSessionState.Waiting, $"{end.Reason} Next attempt in {wait.TotalSeconds:0.##} s.", _sessionLost);
                await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _board.Move(MqttSessionState.Stopped, "Stopped.", _sessionLost);
    }

    private async ValueTask<ConnectionEnd> AttemptAsync()
    {
        if (Volatile.Read(ref _aside) > 0)
        {
            return new ConnectionEnd(EndKind.Aside, MakingWay);
        }

        _board.Move(MqttSessionState.Connecting, $"Connecting to {_parts.Options.Host}:{_parts.Options.Port}.", _sessionLost);
        return Judge(await ConnectOnceAsync());
    }

    private TimeSpan WaitAfter(EndKind end)
    {
        switch (end)
        {
            case EndKind.HungUp:
                return TimeSpan.Zero;
            case EndKind.Aside:
                return TimeSpan.FromTicks(Interlocked.Exchange(ref _aside, 0));
            case EndKind.Contested:
                var pause = _backoff.Within(s_longPause);
                Contested?.Invoke(pause);
                return pause;
            case EndKind.Refused:
                return _backoff.Within(s_longPause);
            default:
                return _backoff.Next();
        }
    }

    private string Rival => $"Another client with the id {_parts.Options.ClientId} keeps taking the session over. Stop it, or give one of the two another id.";

    private ConnectionEnd Judge(ConnectionEnd end)
    {
        _notAuthorized = end.Kind == EndKind.NotAuthorized ? _notAuthorized + 1 : 0;
        return end.Kind switch
        {
            EndKind.NotAuthorized when _notAuthorized >= NotAuthorizedLimit => end with { Kind = _wasReady ? EndKind.Refused : EndKind.Fatal },
            EndKind.TakenOver when _takeovers.IsTooOften() => end with { Kind = EndKind.Contested, Reason = $"{end.Reason} {Rival}" },
            // A broker that speaks MQTT 3.1.1, and mosquitto 2.0 in any case, does not say that another client has taken the session over. One that
            // has crashed is not there again at the same moment.
            EndKind.HungUp when _wasThereAtOnce && _hangUps.IsTooOften() => end with
            {
                Kind = EndKind.Contested,
                Reason = $"{end.Reason} It does so again and again, and is there again at once. {Rival}",
            },
            _ => end,
        };
    }

    private async Task<ConnectionEnd> ConnectOnceAsync()
    {
        Stream stream;
        _attempts++;
        try
        {
            using var deadline = new CancellationTokenSource(_parts.Options.Timeout, _parts.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
            stream = await Connector.OpenAsync(_parts.Options, either.Token);
        }
        catch (MqttSessionException e)
        {
            return new ConnectionEnd(EndKind.Fatal, e.Message);
        }
        catch (Exception e)
        {
            var why = e is OperationCanceledException ? "no answer in time." : e.Message;
            return _stop.IsCancellationRequested
                ? new ConnectionEnd(EndKind.Stopped, "Stopped.")
                : new ConnectionEnd(EndKind.Retry, $"The broker at {_parts.Options.Host}:{_parts.Options.Port} cannot be reached: {why}");
        }

        using var connection = new Connection(_parts, stream, ++_connections, _hadSession);
        _connection = connection;
        var started = _parts.Time.GetTimestamp();
        var received = _parts.Counters.Received;
        var running = connection.RunAsync(_stop.Token);
        if (await Task.WhenAny(connection.Ready, running) == connection.Ready)
        {
            OnReady(await connection.Ready);
        }

        var end = await running;
        _connection = null;
        if (!connection.Ready.IsCompleted)
        {
            return end.Kind == EndKind.HungUp ? end with { Kind = EndKind.Retry } : end;
        }

        if (_parts.Time.GetElapsedTime(started) >= _parts.Options.MaxBackoff)
        {
            _backoff.Reset();
        }
        else if (_parts.Counters.Received > received)
        {
            _backoff.Shorten();
        }

        return end.Kind == EndKind.Retry && _broken.IsTooOften()
            ? end with { Reason = $"{end.Reason} This happens again and again: look at the network, and for another client with the id {_parts.Options.ClientId}." }
            : end;
    }

    private void OnReady(bool sessionLost)
    {
        (_wasReady, _wasThereAtOnce, _attempts) = (true, _attempts == 1, 0);
        _sessionLost = sessionLost;
        _hadSession = _parts.Options.SessionExpiry > TimeSpan.Zero;
        _parts.Counters.CountConnection();
        if (sessionLost)
        {
            _parts.Counters.CountSessionLost();
            SessionLog.SessionLost(_parts.Logger, _parts.Options.ClientId);
        }

        _board.Move(MqttSessionState.Ready, sessionLost ? "Connected, but the broker had forgotten our session." : "Connected.", sessionLost);
    }
}
