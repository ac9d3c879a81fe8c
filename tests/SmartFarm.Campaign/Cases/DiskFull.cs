using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// The worker's data folder is a small disk of its own. With the database away the disk fills up; the worker stops acknowledging and says so, lives
/// on while not a byte is left, and goes on by itself when there is room again.
/// </summary>
internal sealed class DiskFull : ICase
{
    private const int DiskMb = 600;
    private const int FillerMb = 320;

    public string Name => "disk-full";

    public string What => "disk of the data folder full, to the last byte, and freed again, database away meanwhile; scripted broker, InfluxDB";

    public bool IsInShort => false;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Outcome.Skip("a small disk can be mounted by root only.");
        }

        var influx = run.Add(new InfluxDb());
        var fleet = run.NewFleet(devices: 500);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        var data = worker.Folder.File("data");
        Directory.CreateDirectory(data);
        await RunProgramAsync("mount", "-t", "tmpfs", "-o", $"size={DiskMb}m", "tmpfs", data);
        run.Add(new Unmounting(worker, data));
        var filler = Path.Combine(data, "filler");
        await WriteFillerAsync(filler, FillerMb);
        await worker.StartAsync();
        broker.Allow(long.MaxValue);
        var findings = new List<string>();
        var atReserve = await StandsStillAsync(broker);
        var health = await Health.ReadAsync(worker);
        if (!health.Contains("unhealthy", StringComparison.Ordinal))
        {
            findings.Add($"The worker takes no more and does not say so: {health}");
        }

        // Now somebody else takes the reserve, too.
        await WriteFillerAsync(Path.Combine(data, "filler-2"), DiskMb);
        await Eventually.PassesAsync(TimeSpan.FromSeconds(3));
        File.Delete(Path.Combine(data, "filler-2"));
        File.Delete(filler);
        if (!await MovesAsync(broker, broker.Acks.Count))
        {
            findings.Add("With room again the worker took nothing within 30 s.");
        }

        broker.Allow(broker.Published);
        await influx.StartAsync();
        await Eventually.Is(() => Task.FromResult(broker.Session.Outstanding), o => o == 0, 60);
        var outcome = await Balance.CheckAsync(
            run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = broker.Published, PatienceSeconds = 60 }, 1, $"stood still after {atReserve} messages");
        outcome = BrokerChecks.Add(outcome, broker);
        return outcome with { Findings = [.. outcome.Findings, .. findings] };
    }

    /// <summary>Waits until no acknowledgement has come for 3 s; gives how many there were.</summary>
    private static async Task<long> StandsStillAsync(FakeBroker broker)
    {
        var count = -1L;
        var deadline = Stopwatch.StartNew();
        while (count != broker.Acks.Count)
        {
            if (deadline.Elapsed > TimeSpan.FromMinutes(3))
            {
                throw new TimeoutException($"The disk of {DiskMb} MB was never full; {broker.Acks.Count} messages were taken.");
            }

            count = broker.Acks.Count;
            await Eventually.PassesAsync(TimeSpan.FromSeconds(3));
        }

        return count;
    }

    private static async Task<bool> MovesAsync(FakeBroker broker, long from) =>
        await Eventually.GetAsync(() => Task.FromResult(broker.Acks.Count), a => a > from + 1000, TimeSpan.FromSeconds(30)) > from + 1000;

    /// <summary>Fills with real bytes, until it is as large or the disk is full.</summary>
    private static async Task WriteFillerAsync(string path, int megabytes)
    {
        var block = new byte[64 * 1024];
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var i = 0; i < megabytes * 16; i++)
            {
                await file.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Full: as asked for.
        }
    }

    private static async Task RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private sealed class Unmounting(WorkerProcess worker, string folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await worker.KillAsync();
            await RunProgramAsync("umount", folder);
        }
    }
}
