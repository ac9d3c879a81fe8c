using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool.Engine;

namespace SmartFarm.Spool;

/// <summary>The durable end in front of another database: a batch becomes one append to the journal, with its counts, refused messages and fingerprints.</summary>
internal sealed class SpoolStore(SpoolFolder folder, IPointEncoder encoder, TimeProvider clock) : IDurableStore
{
    private readonly BatchBuilder _builder = new();

    public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _builder.Clear();
        _builder.AddPoints(batch.Points, encoder);
        _builder.AddCommit(batch, batch.Points.Length);
        folder.Append(_builder, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken)
    {
        folder.CatchUp();
        return folder.Books.RecentFingerprintsAsync(count, cancellationToken);
    }
}
