using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class The_spool_is_forwarded : IAsyncDisposable, IPointSink
{
    /// <summary>The timer by which the spool keeps its books.</summary>
    private const int OfSpool = 1;

    private readonly TempFolder _temp = new();
    private readonly TestTimeProvider _clock = new();
    private readonly WorkerMetrics _metrics = new();
    private readonly SeriesCatalog _catalog = new();
    private readonly Channel<string> _writes = Channel.CreateUnbounded<string>();
    private readonly Channel<WriteResult> _answers = Channel.CreateUnbounded<WriteResult>();
    private readonly SqliteFolder _folder;
    private readonly SpoolFolder _spool;
    private readonly Forwarder _forwarder;

    public The_spool_is_forwarded()
    {
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), _clock, NullLoggerFactory.Instance);
        _spool = SpoolFolder.Open(_temp.Path, new SpoolOptions(), _folder.SpoolBooks, _clock, NullLoggerFactory.Instance);
        _forwarder = new Forwarder(_spool.Queue, this, _metrics, _clock, NullLogger<Forwarder>.Instance);
    }

    [Fact]
    public async Task Oldest_first_and_a_chunk_leaves_only_when_the_database_has_it()
    {
        await CommitAsync(1);
        await _forwarder.StartAsync(default);

        var first = await _writes.Reader.ReadAsync(Soon);
        await CommitAsync(2);
        Assert.Equal(2, (await _spool.Queue.DepthAsync(default)).Chunks);
        await _answers.Writer.WriteAsync(WriteResult.AllStored);
        var second = await NextWriteAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(1, (await _spool.Queue.DepthAsync(default)).Chunks);
    }

    [Fact]
    public async Task What_the_database_does_not_take_is_kept_and_tried_again_after_a_pause()
    {
        await CommitAsync(1);
        await _forwarder.StartAsync(default);
        var first = await _writes.Reader.ReadAsync(Soon);

        await _answers.Writer.WriteAsync(new WriteResult(WriteKind.Keep, "The database is overloaded.", TimeSpan.FromSeconds(5), []));
        await Eventually.Is(() => Task.FromResult(_clock.ActiveTimers), timers => timers > OfSpool);
        Assert.Equal("The database is overloaded.", _forwarder.Trouble);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(_writes.Reader.TryPeek(out _));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(first, await _writes.Reader.ReadAsync(Soon));
        Assert.Equal(1, _metrics.ForwardFailures);
    }

    [Fact]
    public async Task What_the_database_refuses_for_good_goes_to_the_quarantine_with_its_words()
    {
        await CommitAsync(1);
        await _forwarder.StartAsync(default);
        await _writes.Reader.ReadAsync(Soon);

        await _answers.Writer.WriteAsync(new WriteResult(WriteKind.Stored, "", null, [new RefusedLine("bad line"u8.ToArray(), "field type conflict")]));
        await CommitAsync(2);
        await NextWriteAsync();

        var entry = Assert.Single(await _folder.Quarantine.ListAsync(10, RejectReason.RefusedByStore, default));
        Assert.Equal(("field type conflict", QuarantineEntry.Database, "bad line"), (entry.Detail, entry.Account, Encoding.UTF8.GetString(entry.Payload.Span)));
    }

    public async ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        _writes.Writer.TryWrite(Encoding.UTF8.GetString(lines.Span));
        return await _answers.Reader.ReadAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _forwarder.StopAsync(default);
        _forwarder.Dispose();
        _spool.Dispose();
        await _folder.DisposeAsync();
        _temp.Dispose();
    }

    /// <summary>The next write, and the pause before it in which more is gathered.</summary>
    private async Task<string> NextWriteAsync()
    {
        await Eventually.Is(() => Task.FromResult(_clock.ActiveTimers), timers => timers > OfSpool);
        Assert.False(_writes.Reader.TryPeek(out _), "A small write was not followed by a pause.");
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        return await _writes.Reader.ReadAsync(Soon);
    }

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    private async Task CommitAsync(double value)
    {
        var batch = new StoreBatch();
        batch.Add(Point.Of(_catalog.Get(Schema.Telemetry, ("site", "t1")), "co2", value, 1_790_000_000_000));
        await _spool.CreateStore(new PlainLines()).CommitAsync(batch, default);
    }
}
