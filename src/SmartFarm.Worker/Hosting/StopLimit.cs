using System.Runtime.InteropServices;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Hosting;

/// <summary>
/// Ends the process when its graceful stop takes too long, or when it is told to stop a second time. Nothing is lost by that: what was
/// acknowledged is on disk, and the rest is sent again by the broker.
/// </summary>
internal sealed partial class StopLimit(SmartFarmSettings settings, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<StopLimit> log)
    : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ITimer? _timer;
    private int _signals;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        lifetime.ApplicationStopping.Register(StartTimer);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _timer?.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The host stops on the first one; without this the second one would end the process by the system's default, without a word.
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Log.Twice(log);
            Environment.Exit(ExitCodes.Findings);
        }

        StartTimer();
    }

    private void StartTimer()
    {
        lock (_lock)
        {
            if (_timer is null)
            {
                Log.Stopping(log, settings.Stop.LimitSeconds);
                _timer = clock.CreateTimer(_ => End(), null, TimeSpan.FromSeconds(settings.Stop.LimitSeconds), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void End()
    {
        Log.TooLong(log, settings.Stop.LimitSeconds);
        Environment.Exit(ExitCodes.Findings);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Stopping: the field is left, and what is in hand is stored and acknowledged, within {Seconds} s.")]
        public static partial void Stopping(ILogger logger, double seconds);

        [LoggerMessage(LogLevel.Error, "The stop took longer than {Seconds} s and is cut short. Nothing acknowledged is lost; the broker sends the rest again. See above for what held it up, or raise SmartFarm__Stop__LimitSeconds.")]
        public static partial void TooLong(ILogger logger, double seconds);

        [LoggerMessage(LogLevel.Warning, "Told to stop a second time: ending at once. Nothing acknowledged is lost; the broker sends the rest again.")]
        public static partial void Twice(ILogger logger);
    }
}
