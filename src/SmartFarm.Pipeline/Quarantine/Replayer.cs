using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Quarantine;

/// <summary>
/// Replays refused messages, oldest first, through the road they came on, and rows that the database refused straight into the database. An
/// entry leaves the quarantine in the commit that stores it. One replay at a time; thread-safe.
/// </summary>
public sealed class Replayer(IQuarantine quarantine, IntakePipeline intake, StoreRunner store, IPointSink? sink = null) : IDisposable
{
    private const int PageSize = 500;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Replays what the filter names, up to the entries that are there when it begins.</summary>
    /// <exception cref="OperationCanceledException">What was replayed until then is replayed.</exception>
    public async Task<ReplayReport> RunAsync(QuarantineFilter filter, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var newest = await quarantine.ListAsync(filter with { OldestFirst = false }, 1, cancellationToken);
            var page = filter with { OldestFirst = true, UpToId = newest is [var last] ? last.Id : 0 };
            var report = new ReplayReport();
            while (await quarantine.ListAsync(page, PageSize, cancellationToken) is { Count: > 0 } entries)
            {
                foreach (var entry in entries)
                {
                    await intake.FlushAsync(cancellationToken);
                    report.Add(entry, entry.Reason == RejectReason.RefusedByStore ? await ReplayRowAsync(entry, cancellationToken) : intake.Replay(entry));
                }

                await StoreMark.Set(store).Reached.WaitAsync(cancellationToken);
                page = page with { AfterId = entries[^1].Id };
            }

            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>Writing a row twice leaves one, so a crash between the two steps costs nothing.</summary>
    private async ValueTask<string?> ReplayRowAsync(QuarantineEntry entry, CancellationToken cancellationToken)
    {
        if (sink is null || entry.Size > entry.Payload.Length)
        {
            return sink is null ? "It is a row for InfluxDB, and none is configured." : "The row is longer than what was kept of it.";
        }

        var result = await sink.WriteAsync((byte[])[.. entry.Payload.Span, (byte)'\n'], cancellationToken);
        if (result is not { Kind: WriteKind.Stored, Refused: [] })
        {
            return result.Refused is [var line, ..] ? line.Reason : result.Reason;
        }

        store.Add(entry, static (batch, entry) =>
        {
            batch.Released.Add(entry.Id);
            batch.CountsOf(QuarantineEntry.Database).RefusedByStore--;
        });
        return null;
    }
}

/// <summary>What a replay came to. Filled by one thread.</summary>
public sealed class ReplayReport
{
    /// <summary>The most entries that are named.</summary>
    public const int MostNamed = 100;

    private readonly List<(long Id, string Why)> _named = [];

    /// <summary>Entries that were taken and are no longer in the quarantine.</summary>
    public long Replayed { get; private set; }

    /// <summary>Entries that stay as they were.</summary>
    public long Stay { get; private set; }

    /// <summary>The first that stay, with the reason of each.</summary>
    public IReadOnlyList<(long Id, string Why)> Named => _named;

    internal void Add(QuarantineEntry entry, string? staysBecause)
    {
        if (staysBecause is null)
        {
            Replayed++;
            return;
        }

        Stay++;
        if (_named.Count < MostNamed)
        {
            _named.Add((entry.Id, staysBecause));
        }
    }
}
