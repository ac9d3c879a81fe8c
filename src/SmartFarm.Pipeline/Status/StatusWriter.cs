using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Status;

/// <summary>
/// Stores every minute how each zone and each device is, and in the first and every fifth after it once more which alarms hold, so that a dashboard of the
/// last minutes shows them all. What is not known is left out. Nothing is kept here: after a restart the first rows come within a minute.
/// </summary>
public sealed partial class StatusWriter(
    ZoneStatus zones, DeviceStatus devices, AlarmBook alarms, StoreRunner store, WorkerMetrics metrics, SteadyClock steady, TimeProvider clock, ILogger<StatusWriter> log)
    : BackgroundService
{
    private const int MinutesBetweenAlarms = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private int _minutes;

    /// <summary>Stores how all is now.</summary>
    public async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        var now = steady.Now();
        if (now.WallMs < ClockCheck.EarliestMs)
        {
            return;
        }

        var rows = zones.Read(now);
        rows.AddRange(await devices.ReadAsync(now, cancellationToken));
        store.AddOwn((rows, now.WallMs), static (batch, x) => x.rows.ForEach(row => row.AddTo(batch, x.WallMs)));
        if (_minutes++ % MinutesBetweenAlarms == 0)
        {
            alarms.SayAgain();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                metrics.Fault();
                Log.Failed(log, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "How zones and devices are could not be stored; it is tried again in a minute.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
