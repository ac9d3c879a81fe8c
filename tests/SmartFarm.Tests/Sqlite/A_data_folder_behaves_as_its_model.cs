using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Storage;
using Xunit;

namespace SmartFarm.Tests.Sqlite;

/// <summary>Any sequence of commits, failed commits, forwarding and reopening leaves what the same sequence leaves in memory.</summary>
public sealed class A_data_folder_behaves_as_its_model
{
    private static readonly Gen<Value> Values =
        from device in Gen.Choose(0, 3)
        from field in Gen.Choose(0, 2)
        from time in Gen.Choose(-3, 6)
        from number in Gen.Choose(-1000, 1000)
        select new Value($"d{device}", field == 2 ? "text" : $"f{field}", time, number / 8.0);

    private static readonly Gen<Batch> Batches =
        from values in Values.ListOf()
        from refused in Gen.Choose(0, 3)
        from fingerprints in Gen.Choose(0, 3)
        from account in Gen.Elements("s/a", "s/b", "unclaimed")
        select new Batch([.. values], refused, fingerprints, account);

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, from batch in Batches select (Step)new Step.Commit(batch)),
        (2, from batch in Batches select (Step)new Step.FailedCommit(batch)),
        (3, from bytes in Gen.Choose(1, 400) select (Step)new Step.Forward(bytes)),
        (2, Gen.Constant((Step)new Step.Reopen())));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_happens(bool spooled)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(20);
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => RunAsync(steps, spooled).GetAwaiter().GetResult()).Check(config);
    }

    private static async Task RunAsync(IEnumerable<Step> steps, bool spooled)
    {
        using var directory = new TempFolder(inMemory: true);
        var model = new Model();
        var catalog = new SeriesCatalog();
        var forwarded = new Dictionary<(string, string, long), string>();
        var (folder, spool) = Open(directory);
        var store = StoreOf();
        foreach (var step in steps)
        {
            switch (step)
            {
                case Step.Commit(var content):
                    await store.CommitAsync(ToBatch(content, catalog, model.Fingerprints.Count), default);
                    model.Apply(content);
                    break;
                case Step.FailedCommit(var content):
                    var broken = ToBatch(content, catalog, model.Fingerprints.Count);
                    broken.Quarantined.Add(Refused("") with { Detail = null! });
                    await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync(broken, default).AsTask());
                    break;
                case Step.Forward(var bytes) when await spool.Queue.PeekAsync(bytes, default) is { } chunk:
                    PlainLines.Write(chunk.Lines, forwarded);
                    await spool.Queue.RemoveAsync(chunk, [], default);
                    break;
                case Step.Reopen:
                    spool.Dispose();
                    await folder.DisposeAsync();
                    (folder, spool) = Open(directory);
                    store = StoreOf();
                    break;
            }
        }

        Assert.Equal(model.Counts, await spool.Ledger.ReadAsync(default));
        Assert.Equal(model.Fingerprints, await store.RecentFingerprintsAsync(int.MaxValue, default));
        Assert.Equal(model.Refused, (await spool.Quarantine.ListAsync(int.MaxValue, null, default)).Select(e => e.Account).Reverse());
        if (spooled)
        {
            while (await spool.Queue.PeekAsync(1, default) is { } chunk)
            {
                PlainLines.Write(chunk.Lines, forwarded);
                await spool.Queue.RemoveAsync(chunk, [], default);
            }

            Assert.Equal(default, await spool.Queue.DepthAsync(default));
            Assert.Equal(model.Rows.OrderBy(r => r.Key), forwarded.OrderBy(r => r.Key));
        }
        else
        {
            Assert.Equal(model.Rows.Where(r => r.Key.Field != "text").OrderBy(r => r.Key), (await NumbersAsync(folder.History)).OrderBy(r => r.Key));
        }

        spool.Dispose();
        await folder.DisposeAsync();

        IDurableStore StoreOf() => spooled ? spool.CreateStore(new PlainLines()) : folder.EmbeddedStore;
    }

    private static (SqliteFolder Folder, SpoolFolder Spool) Open(TempFolder directory)
    {
        var folder = SqliteFolder.Open(directory.Path, new SqliteOptions(), new TestTimeProvider(), NullLoggerFactory.Instance);
        var options = new SpoolOptions { SegmentBytes = 2000 };
        return (folder, SpoolFolder.Open(directory.Path, options, folder.SpoolBooks, new TestTimeProvider(), NullLoggerFactory.Instance));
    }

    private static async Task<Dictionary<(string, string, long), string>> NumbersAsync(IHistory history)
    {
        var rows = new Dictionary<(string, string, long), string>();
        foreach (var field in new[] { "f0", "f1" })
        {
            foreach (var series in await history.ReadAsync(new HistoryQuery("m", field, new Dictionary<string, string>(), long.MinValue, long.MaxValue, 0), default))
            {
                foreach (var point in series.Points)
                {
                    rows.Add(($"m,device={series.Tags["device"]}", field, point.TimeMs), point.Value.ToString("R", CultureInfo.InvariantCulture));
                }
            }
        }

        return rows;
    }

    private static StoreBatch ToBatch(Batch content, SeriesCatalog catalog, int firstFingerprint)
    {
        var batch = new StoreBatch();
        foreach (var value in content.Values)
        {
            var series = catalog.Get("m", ("device", value.Device));
            batch.Add(value.Field == "text" ? Point.OfText(series, "text", value.Text, value.TimeMs) : Point.Of(series, value.Field, value.Number, value.TimeMs));
        }

        batch.Quarantined.AddRange(Enumerable.Repeat(Refused(content.Account), content.Refused));
        batch.CountsOf(content.Account).Add(content.Counts);
        for (var i = 0; i < content.Fingerprints; i++)
        {
            batch.AddFingerprint((ulong)(firstFingerprint + i));
        }

        return batch;
    }

    private static QuarantineEntry Refused(string account) => new(0, 0, default, default, 0, RejectReason.BadJson, "", account);

    private sealed record Value(string Device, string Field, long TimeMs, double Number)
    {
        public string Text => Number.ToString("R", CultureInfo.InvariantCulture);
    }

    private sealed record Batch(Value[] Values, int Refused, int Fingerprints, string Account)
    {
        public LedgerCounts Counts => new() { Received = Values.Length + Refused, Stored = Values.Length, Quarantined = Refused };
    }

    private abstract record Step
    {
        public sealed record Commit(Batch Content) : Step;

        public sealed record FailedCommit(Batch Content) : Step;

        public sealed record Forward(int MaxBytes) : Step;

        public sealed record Reopen : Step;
    }

    private sealed class Model
    {
        public Dictionary<(string Series, string Field, long TimeMs), string> Rows { get; } = [];

        public Dictionary<string, LedgerCounts> Counts { get; } = [];

        public List<string> Refused { get; } = [];

        public List<ulong> Fingerprints { get; } = [];

        public void Apply(Batch batch)
        {
            foreach (var value in batch.Values)
            {
                Rows[($"m,device={value.Device}", value.Field, value.TimeMs)] = value.Text;
            }

            var counts = Counts.GetValueOrDefault(batch.Account);
            counts.Add(batch.Counts);
            Counts[batch.Account] = counts;
            Refused.AddRange(Enumerable.Repeat(batch.Account, batch.Refused));
            for (var i = 0; i < batch.Fingerprints; i++)
            {
                Fingerprints.Add((ulong)Fingerprints.Count);
            }
        }
    }
}
