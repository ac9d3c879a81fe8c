using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Mqtt;

namespace SmartFarm.Worker.Hosting.Systemd;

/// <summary>
/// Keeps systemd informed when it asks for it (Type=notify): READY once the field is subscribed and the store has committed, WATCHDOG
/// only while the road moves, STOPPING before anything is ended, and in STATUS the sentence that an operator needs.
/// </summary>
internal sealed partial class SystemdLife(
    FieldConnection field, StoreRunner store, WorkerMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SystemdLife> log) : BackgroundService
{
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WithoutWatchdog = TimeSpan.FromSeconds(10);
    private readonly NotifySocket? _socket = NotifySocket.FromEnvironment();
    private readonly TimeSpan? _watchdog = NotifySocket.WatchdogInterval();
    private string _said = "";

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Registered after the field's: so it runs before that one, and the manager knows from the first moment.
        lifetime.ApplicationStopping.Register(() =>
        {
            _socket?.Send("STOPPING=1");
            Say("Stopping: leaving the field, then storing what is in hand.");
        });
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _socket?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_socket is null)
        {
            return;
        }

        var pulse = new RoadPulse(store, field.Receivers, metrics);
        var isReady = false;
        using var timer = new PeriodicTimer(WhileStarting, clock);
        do
        {
            var isMoving = pulse.IsMoving();
            var trouble = field.Trouble ?? store.Trouble;
            if (!isReady && trouble is null && pulse.HasCommitted)
            {
                isReady = true;
                _socket.Send("READY=1");
                timer.Period = _watchdog / 3 ?? WithoutWatchdog;
            }

            if (isMoving)
            {
                _socket.Send("WATCHDOG=1");
            }
            else if (isReady)
            {
                Log.Stuck(log);
            }

            Say(isReady && !isMoving ? "The road does not move." : trouble ?? (isReady ? "Taking and keeping readings." : "Starting."));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Say(string sentence)
    {
        if (sentence != _said && _socket is not null)
        {
            _said = sentence;
            _socket.SendStatus(sentence);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The road has not moved since the last look: a message or a commit does not come to an end. If it stays so, systemd restarts the worker; nothing acknowledged is lost.")]
        public static partial void Stuck(ILogger logger);
    }
}
