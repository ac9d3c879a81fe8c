using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Stepping;

namespace SmartFarm.Worker.Mqtt;

/// <summary>
/// The sessions with the field: one for telemetry, and one per site for control, whose will is the controllers' dead-man signal. Started
/// last and stopped first.
/// </summary>
internal sealed partial class FieldConnection : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ReadPatience = TimeSpan.FromMilliseconds(10);
    private readonly List<(string? Site, MqttSession Session)> _sessions = [];
    private readonly List<GatedReceiver> _receivers = [];
    private readonly StoreRunner _store;
    private readonly TimeSpan _patience;
    private readonly MqttCommandChannel _channel;
    private readonly CommandDesk _desk;
    private readonly CommandOptions _commands;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _machine;
    private readonly ILogger<FieldConnection> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Heartbeat> _heartbeats = [];
    private Task _welcoming = Task.CompletedTask;

    public FieldConnection(
        SmartFarmSettings settings,
        FarmMap map,
        NativeTopics topics,
        IntakePipeline pipeline,
        StoreRunner store,
        CommandDesk desk,
        MqttCommandChannel channel,
        CommandOptions commands,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        MachineTime machine,
        ILogger<FieldConnection> log,
        ILogger<MqttSession> sessionLog)
    {
        (_channel, _desk, _commands, _lifetime, _store, _clock, _machine, _log) = (channel, desk, commands, lifetime, store, clock, machine.Provider, log);
        _patience = TimeSpan.FromSeconds(settings.Stop.LimitSeconds / 4);
        var clientId = string.IsNullOrEmpty(settings.Mqtt.ClientId) ? $"smartfarm-{map.Farm.Id}" : settings.Mqtt.ClientId;
        var intake = new IntakeReceiver(pipeline);
        intake.Session = Add(null, FieldSession.Options(settings.Mqtt, clientId, _machine) with { Subscriptions = [$"{topics.Root}/+/+/telemetry"], ReadPatience = machine.Gathers ? ReadPatience : TimeSpan.Zero }, intake);
        foreach (var site in map.Farm.Sites)
        {
            var control = new ControlReceiver(topics, map, desk, pipeline);
            control.Session = Add(
                site.Id,
                FieldSession.Options(settings.Mqtt, $"{clientId}-{site.Id}", _machine) with
                {
                    Subscriptions = [$"{topics.Root}/{site.Id}/+/status", $"{topics.Root}/{site.Id}/+/state", $"{topics.Root}/{site.Id}/+/command/reply"],
                    Will = new MqttMessage(topics.BackendStatus(site.Id), "offline"u8.ToArray()) { Retain = true },
                },
                control);
            channel.Use(site.Id, control.Session);
        }

        MqttSession Add(string? site, MqttSessionOptions options, IMqttReceiver receiver)
        {
            var gate = new GatedReceiver(receiver);
            _receivers.Add(gate);
            var session = settings.Clock.Follow ? Stepped(options, gate) : new MqttSession(options, gate, _machine, sessionLog);
            session.Contested += pause => StandAside(session, pause);
            session.StatusChanged += status => OnStatus(site, options.ClientId, status);
            _sessions.Add((site, session));
            return session;
        }

        MqttSession Stepped(MqttSessionOptions options, IMqttReceiver receiver)
        {
            var watched = new ClockReceiver(receiver, Words, topics.Root);
            var session = new MqttSession(options with { Subscriptions = [.. options.Subscriptions, ClockWord.TimeTopic(topics.Root)] }, watched, _machine, sessionLog);
            watched.Session = session;
            return session;
        }
    }

    /// <summary>The words of a clock that is followed.</summary>
    public ClockWords Words { get; } = new();

    /// <summary>The gates between the sessions and the road.</summary>
    public IReadOnlyList<GatedReceiver> Receivers => _receivers;

    /// <summary>What keeps a session from the broker, in a sentence; null when all are ready.</summary>
    public string? Trouble => _sessions.Where(s => s.Session.Status.State != MqttSessionState.Ready).Select(s => s.Session.Status.Reason).FirstOrDefault();

    /// <summary>The sessions, for whoever counts.</summary>
    public IEnumerable<MqttSession> Sessions => _sessions.Select(s => s.Session);

    /// <summary>Completes when every session is connected and subscribed.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => Task.WhenAll(_sessions.Select(s => s.Session.WhenReadyAsync(cancellationToken)));

    /// <summary>Completes when the signs of life that are due have left.</summary>
    public Task BeatenAsync(CancellationToken cancellationToken) => Task.WhenAll([_welcoming, .. _heartbeats.Select(h => h.Beating)]).WaitAsync(cancellationToken);

    /// <summary>Answers a word of the clock.</summary>
    public ValueTask AnswerAsync(MqttMessage answer, CancellationToken cancellationToken) => _sessions[0].Session.PublishAsync(answer, cancellationToken);

    /// <summary>Connects once everything else runs, the embedded broker among it.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lifetime.ApplicationStarted.Register(Connect);
        _lifetime.ApplicationStopping.Register(() => StopAsync(CancellationToken.None).Wait(_patience * 2));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_stopping.IsCancellationRequested)
        {
            await _stopping.CancelAsync();
            foreach (var heartbeat in _heartbeats)
            {
                await heartbeat.DisposeAsync();
            }

            await _welcoming;
            await SettleAsync();
            await Task.WhenAll(_sessions.Select(s => LeaveAsync(s.Site, s.Session)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, session) in _sessions)
        {
            await session.DisposeAsync();
        }

        _stopping.Dispose();
    }

    /// <summary>
    /// Takes nothing more, and waits until what was taken is durable and its acknowledgements are due: they go out before the goodbye. A store
    /// that cannot commit is not waited for; the broker sends again what it could not take.
    /// </summary>
    private async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(_patience, _machine);
        try
        {
            await Task.WhenAll(_receivers.Select(r => r.ShutAsync(patience.Token)));
            if (_store.Trouble is null)
            {
                await StoreMark.Set(_store).Reached.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Log.NotSettled(_log, _patience.TotalSeconds);
        }
    }

    /// <summary>Says goodbye while everything else still runs, the embedded broker among it; each site has its own patience.</summary>
    private async Task LeaveAsync(string? site, MqttSession session)
    {
        using var patience = new CancellationTokenSource(_patience, _machine);
        try
        {
            if (site is not null && session.Status.State == MqttSessionState.Ready)
            {
                await _channel.LeaveAsync(site, patience.Token);
            }

            await session.StopAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttPublishException or MqttSessionException or IOException)
        {
            Log.NotClean(_log, site ?? "telemetry", e.Message);
        }
    }

    /// <summary>Who has lost one session to another worker leaves it all of them: one alone must have telemetry and control.</summary>
    private void StandAside(MqttSession contested, TimeSpan pause)
    {
        foreach (var (_, session) in _sessions.Where(s => s.Session != contested))
        {
            session.StandAside(pause);
        }
    }

    private void Connect()
    {
        foreach (var (_, session) in _sessions)
        {
            session.Start();
        }

        foreach (var (site, _) in _sessions.Where(s => s.Site is not null))
        {
            _heartbeats.Add(new Heartbeat(stop => BeatAsync(site!, stop), _commands.Heartbeat, _clock, _stopping.Token));
        }
    }

    private async Task BeatAsync(string site, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.HeartbeatAsync(site, cancellationToken);
        }
        catch (Exception e) when (e is MqttPublishException or MqttSessionException)
        {
            Log.NoHeartbeat(_log, site, e.Message);
        }
    }

    /// <summary>On every connect of a control session the will of the last one may still stand there: the heartbeat overwrites it at once.</summary>
    private void OnStatus(string? site, string clientId, MqttSessionStatus status)
    {
        Report(clientId, status);
        if (site is not null && status.State == MqttSessionState.Ready)
        {
            lock (_heartbeats)
            {
                _welcoming = Task.WhenAll(_welcoming, WelcomeAsync(site, _stopping.Token));
            }
        }
    }

    private async Task WelcomeAsync(string site, CancellationToken cancellationToken)
    {
        try
        {
            await _desk.TellAsync(new DeskEvent.Connected(site), cancellationToken);
            await BeatAsync(site, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void Report(string clientId, MqttSessionStatus status)
    {
        switch (status.State)
        {
            case MqttSessionState.Ready when status.SessionLost:
                Log.SessionLost(_log, clientId);
                break;
            case MqttSessionState.Ready:
                Log.Ready(_log, clientId);
                break;
            case MqttSessionState.Failed:
                Log.Failed(_log, clientId, status.Reason);
                break;
            case MqttSessionState.Waiting:
                Log.Waiting(_log, clientId, status.Reason);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The session '{ClientId}' is ready.")]
        public static partial void Ready(ILogger logger, string clientId);

        [LoggerMessage(LogLevel.Warning, "The broker had forgotten the session '{ClientId}': messages published while it was away may be lost. Check the broker's persistence and session expiry.")]
        public static partial void SessionLost(ILogger logger, string clientId);

        [LoggerMessage(LogLevel.Warning, "The session '{ClientId}' is away from the broker and tries again: {Reason}")]
        public static partial void Waiting(ILogger logger, string clientId, string reason);

        [LoggerMessage(LogLevel.Error, "The session '{ClientId}' cannot go on: {Reason}")]
        public static partial void Failed(ILogger logger, string clientId, string reason);

        [LoggerMessage(LogLevel.Warning, "No heartbeat for '{Site}': {Reason}")]
        public static partial void NoHeartbeat(ILogger logger, string site, string reason);

        [LoggerMessage(LogLevel.Warning, "What was in hand could not be stored within {Seconds} s of the stop; it is not acknowledged, and the broker sends it again.")]
        public static partial void NotSettled(ILogger logger, double seconds);

        [LoggerMessage(LogLevel.Warning, "The session of '{Site}' could not be ended cleanly: {Reason}")]
        public static partial void NotClean(ILogger logger, string site, string reason);
    }
}
