using SmartFarm.Worker.Influx;

namespace SmartFarm.Worker.Hosting;

/// <summary>Creates or checks the database as soon as it can be reached. The road does not wait for it: the spool holds what comes meanwhile.</summary>
internal sealed partial class InfluxPreparation(InfluxSetup setup, RollupDatabase rollups, TimeProvider clock, ILogger<InfluxPreparation> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var said = "";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var readiness = await setup.PrepareAsync(stoppingToken);
            if (readiness.IsReady && rollups.IsSeparate)
            {
                readiness = readiness.With(await new InfluxSetup(rollups.Client).PrepareAsync(stoppingToken));
            }

            var findings = string.Join(' ', readiness.Findings);
            if (findings != said)
            {
                Log.Found(log, findings);
                said = findings;
            }

            if (readiness.IsReady)
            {
                Log.Ready(log);
                return;
            }

            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Findings}")]
        public static partial void Found(ILogger logger, string findings);

        [LoggerMessage(LogLevel.Information, "The database is ready.")]
        public static partial void Ready(ILogger logger);
    }
}
