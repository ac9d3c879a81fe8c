using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>A file system of 2 MB in memory, filled to its last byte by the spool and by others.</summary>
public sealed class A_really_full_disk : IDisposable
{
    private readonly TempFolder _mountPoint = new();
    private bool _isMounted;

    [Fact]
    public async Task Refuses_the_batch_whole_serves_what_it_has_and_goes_on_when_there_is_room()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _mountPoint.Path))
        {
            Assert.Skip("Only root may mount a small file system, on Linux.");
        }

        _isMounted = true;
        var directory = Directory.CreateDirectory(_mountPoint.File("data")).FullName;
        await using var folder = SqliteFolder.Open(directory, new SqliteOptions { MinFreeBytes = 0 }, new TestTimeProvider(), NullLoggerFactory.Instance);
        var options = new SpoolOptions { MinFreeBytes = 0, SegmentBytes = 200_000 };
        using var spool = SpoolFolder.Open(directory, options, folder.SpoolBooks, new TestTimeProvider(), NullLoggerFactory.Instance);
        var store = spool.CreateStore(new PlainLines());
        await File.WriteAllBytesAsync(_mountPoint.File("others"), new byte[500_000]);
        var number = 0;
        var fault = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            while (true)
            {
                await store.CommitAsync(Batch(++number), default);
            }
        });
        Assert.StartsWith("The spool cannot be written: ", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(Batch(number), default).AsTask());

        // On the full disk what waits is sent; room appears, and the refused batch is taken.
        Assert.Equal(Enumerable.Range(1, 5), (await TakeAsync(spool, 1)).Take(5));
        File.Delete(_mountPoint.File("others"));
        await store.CommitAsync(Batch(number), default);

        var rest = new List<int>();
        while (await TakeAsync(spool, 1 << 20) is { Count: > 0 } taken)
        {
            rest.AddRange(taken);
        }

        Assert.Equal(number, rest[^1]);
        Assert.Equal(rest.Distinct().Order(), rest);
        Assert.Equal(number, (await spool.Ledger.ReadAsync(default))["s/a"].Received);
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            RunAsync("umount", "-l", _mountPoint.Path).GetAwaiter().GetResult();
        }

        _mountPoint.Dispose();
    }

    private static StoreBatch Batch(int number)
    {
        var batch = new StoreBatch();
        batch.Add(Point.OfText(new SeriesCatalog().Get("m"), "f", new string('x', 5000), number));
        batch.CountsOf("s/a").Received = 1;
        return batch;
    }

    private static async Task<List<int>> TakeAsync(SpoolFolder spool, int maxBytes)
    {
        var numbers = new List<int>();
        for (var i = 0; i < 5 && await spool.Queue.PeekAsync(maxBytes, default) is { } chunk; i++)
        {
            var rows = new Dictionary<(string Series, string Field, long TimeMs), string>();
            PlainLines.Write(chunk.Lines, rows);
            numbers.AddRange(rows.Keys.Select(k => (int)k.TimeMs));
            await spool.Queue.RemoveAsync(chunk, [], default);
        }

        return numbers;
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
