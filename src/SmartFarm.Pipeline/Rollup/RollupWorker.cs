using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartFarm.Pipeline.Rollup;

/// <summary>
/// Keeps rollups up to date and lets go of what is too old, in small steps. A window is made soon after it ended and again when late values
/// come. A failure is told once and tried again; nothing is forgotten meanwhile.
/// </summary>
public sealed partial class RollupWorker(IRollups rollups, RetentionOptions options, TimeProvider clock, ILogger<RollupWorker> log, IRetention? retention = null)
    : BackgroundService
{
    /// <summary>How long after its end a window is first made: most devices are in time, and each that is not costs a second making.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenPrunes = TimeSpan.FromMinutes(10);
    private long _windows;
    private long _pruned;
    private string? _trouble;

    /// <summary>Windows made so far.</summary>
    public long Windows => Volatile.Read(ref _windows);

    /// <summary>Rows that were too old and went, so far.</summary>
    public long Pruned => Volatile.Read(ref _pruned);

    /// <summary>What keeps windows from being made, in a sentence; null when nothing does.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Makes every window that is due.</summary>
    public async Task RollUpAsync(CancellationToken cancellationToken)
    {
        foreach (var level in RollupLevel.All)
        {
            var endedBy = (clock.GetUtcNow() - Grace).ToUnixTimeMilliseconds();
            for (int made; (made = await rollups.RollUpAsync(level, endedBy, cancellationToken)) > 0;)
            {
                Interlocked.Add(ref _windows, made);
                await Task.Yield();
            }
        }
    }

    /// <summary>Removes everything that is too old.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (retention is not null && await retention.PruneAsync(options, now, cancellationToken) is var rows and > 0)
        {
            Interlocked.Add(ref _pruned, rows);
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, lastPrune) = (Pause, (long?)null);
        while (true)
        {
            await Task.Delay(pause, clock, stoppingToken);
            try
            {
                await RollUpAsync(stoppingToken);
                if (lastPrune is null || clock.GetElapsedTime(lastPrune.Value) >= BetweenPrunes)
                {
                    await PruneAsync(stoppingToken);
                    lastPrune = clock.GetTimestamp();
                }

                pause = Pause;
                if (Interlocked.Exchange(ref _trouble, null) is not null)
                {
                    Log.Again(log);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (Interlocked.Exchange(ref _trouble, e.Message) != e.Message)
                {
                    Log.Failed(log, e.Message);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Means over minutes, quarters and hours are not made: {Reason} They follow when this is mended; no value is removed before.")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Information, "Means over minutes, quarters and hours are made again.")]
        public static partial void Again(ILogger logger);
    }
}
