using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing.Storage;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>
/// The victim of the kill tests: this assembly started as a process of its own with <see cref="Variable"/> set to a data folder. It commits
/// numbered batches and prints each number once <see cref="IDurableStore.CommitAsync"/> has returned, until it is killed.
/// </summary>
internal static class CommitUntilKilled
{
    public const string Variable = "SMARTFARM_TEST_COMMIT_UNTIL_KILLED";
    public const int PointsPerBatch = 25;

    [ModuleInitializer]
    internal static void RunInsteadOfTheTests()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } setting)
        {
            return;
        }

        var (mode, first, directory) = setting.Split('|') is [var m, var f, var d] ? (m, int.Parse(f), d) : throw new FormatException(setting);
        var folder = SqliteFolder.Open(directory, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var store = mode == "spool" ? Spool(directory, folder).CreateStore(new PlainLines()) : folder.EmbeddedStore;
        var output = System.Console.OpenStandardOutput();
        var series = new SeriesCatalog();
        for (var number = first; ; number++)
        {
            store.CommitAsync(Batch(series, number), default).AsTask().GetAwaiter().GetResult();
            output.Write(Encoding.ASCII.GetBytes($"{number}\n"));
        }
    }

    /// <summary>With small segments, so that the kill falls into their change as well.</summary>
    private static SpoolFolder Spool(string directory, SqliteFolder folder) => SpoolFolder.Open(
        directory, new SpoolOptions { SegmentBytes = 100_000 }, folder.SpoolBooks, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>One batch: its points are all of one series, with the number as value; a refused message and a fingerprint carry the number as well.</summary>
    private static StoreBatch Batch(SeriesCatalog series, int number)
    {
        var batch = new StoreBatch();
        for (var i = 0; i < PointsPerBatch; i++)
        {
            batch.Add(Point.Of(series.Get("batch", ("number", $"{number}")), "value", i, i));
        }

        batch.Quarantined.Add(new QuarantineEntry(0, number, default, new byte[number % 5000], 0, RejectReason.BadJson, "", "s/a"));
        batch.CountsOf("s/a").Add(new LedgerCounts { Received = PointsPerBatch + 1, Stored = PointsPerBatch, Quarantined = 1 });
        batch.AddFingerprint((ulong)number);
        return batch;
    }
}
