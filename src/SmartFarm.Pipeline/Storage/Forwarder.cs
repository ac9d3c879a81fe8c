using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// Empties the spool into the database, oldest first. A chunk leaves the spool only after the database said that it has it; writing one
/// twice leaves one. What the database refuses for good goes to the quarantine in the same step. Nothing else ends a retry.
/// </summary>
public sealed partial class Forwarder(ISpool spool, IPointSink sink, WorkerMetrics metrics, TimeProvider clock, ILogger<Forwarder> log) : BackgroundService
{
    private const int MostBytesPerWrite = 1024 * 1024;

    // A write costs more than the few rows of one commit: after a small one more are gathered, so that a steady load is a few writes a second.
    private const int WorthWriting = 64 * 1024;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private string? _trouble;

    /// <summary>What keeps the database from taking data, in a sentence; null when it does.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var chunk = await spool.PeekAsync(MostBytesPerWrite, stoppingToken);
                if (chunk is null)
                {
                    await spool.WaitAsync(stoppingToken);
                    continue;
                }

                var result = await sink.WriteAsync(chunk.Lines, stoppingToken);
                if (result.Kind == WriteKind.Stored)
                {
                    await spool.RemoveAsync(chunk, Refused(result), stoppingToken);
                    metrics.Latencies.Visible.Record(clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(chunk.OldestMs));
                    metrics.Forwarded(chunk.Lines.Span.Count((byte)'\n') - result.Refused.Count, result.Refused.Count);
                    pause = FirstPause;
                    if (Interlocked.Exchange(ref _trouble, null) is not null)
                    {
                        Log.Again(log);
                    }

                    if (chunk.Lines.Length < WorthWriting)
                    {
                        await Task.Delay(Gathering, clock, stoppingToken);
                    }

                    continue;
                }

                Fail(result.Reason);
                var wait = result.RetryAfter > pause ? result.RetryAfter.Value : pause;
                await Task.Delay(wait, clock, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Fail(e.Message);
                await Task.Delay(pause, clock, stoppingToken);
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Fail(string reason)
    {
        metrics.ForwardFailed();
        if (Interlocked.Exchange(ref _trouble, reason) != reason)
        {
            Log.Failed(log, reason);
        }
    }

    private List<QuarantineEntry> Refused(WriteResult result) => result.Refused.Select(line => new QuarantineEntry(
        0, clock.GetUtcNow().ToUnixTimeMilliseconds(), default, line.Line, line.Line.Length, RejectReason.RefusedByStore, line.Reason, QuarantineEntry.Database)).ToList();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database does not take data: {Reason} Everything is kept in the spool and tried again.")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Information, "The database takes data again.")]
        public static partial void Again(ILogger logger);
    }
}
