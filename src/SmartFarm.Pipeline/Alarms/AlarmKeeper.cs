using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Alarms;

/// <summary>
/// Keeps the alarms on disk: who knows of what must not be forgotten by a restart. Looks every second; a crash in between forgets at most what was said within it.
/// </summary>
public sealed partial class AlarmKeeper(AlarmBook book, IAlarmStore alarms, WorkerMetrics metrics, TimeProvider clock, ILogger<AlarmKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private long _saved;

    /// <summary>Takes up what was kept.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await alarms.LoadAsync(cancellationToken) is { } saved)
        {
            try
            {
                book.Load(saved);
            }
            catch (InvalidDataException e)
            {
                Log.Unreadable(log, e.Message);
            }
        }

        _saved = book.Version;
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Keeps what is new.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SaveAsync(stoppingToken);
        }
    }

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        var version = book.Version;
        if (version == _saved)
        {
            return;
        }

        try
        {
            await alarms.SaveAsync(book.Save(), cancellationToken);
            _saved = version;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.Fault();
            Log.NotKept(log, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Reason} The list of alarms starts anew; what holds comes back by itself, who knew of it does not.")]
        public static partial void Unreadable(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "The alarms could not be kept: {Reason} It is tried again; a restart now would forget who knows of them.")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
