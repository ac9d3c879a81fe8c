using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>SIGTERM leaves nothing behind: what was taken is stored and acknowledged, the rest waits at the broker.</summary>
public sealed class A_worker_that_is_told_to_stop : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private readonly TempFolder _farm = new();
    private readonly Mosquitto _broker = new();
    private WorkerProcess? _worker;
    private Publisher? _publisher;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await _broker.StartAsync();
        TestFarm.Write(_farm);
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
        {
            await _publisher.DisposeAsync();
        }

        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _farm.Dispose();
    }

    /// <summary>The readings carry neither time nor number, so that one that was stored and not acknowledged would be stored twice.</summary>
    [Fact]
    public async Task Under_load_stores_each_message_exactly_once_even_those_that_cannot_be_told_apart()
    {
        var worker = await StartAsync();
        var publisher = await PublishAsync(2_000, number => $$"""{"co2":{{400 + (number % 100)}}}""");
        for (var stop = 1; stop <= 3; stop++)
        {
            await Eventually.Is(() => Task.FromResult(publisher.Acknowledged), count => count >= stop * 2_000);
            Assert.Equal(0, await worker.TerminateAsync(Limit));
            await worker.StartAsync();
        }

        await publisher.StopAsync();

        var counts = await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", publisher.Acknowledged);
        Assert.Equal((publisher.Acknowledged, publisher.Acknowledged, 0, 0), counts);
    }

    [Fact]
    public async Task While_the_database_hangs_ends_in_time_and_keeps_what_it_acknowledged()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        var worker = await StartAsync(("SmartFarm__Influx__Url", $"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}"), ("SmartFarm__Influx__Version", "1"));
        var publisher = await PublishAsync(500, number => $$"""{"co2":{{number}}}""");
        await Eventually.Is(() => Task.FromResult(publisher.Acknowledged), count => count >= 1_000);

        Assert.Equal(0, await worker.TerminateAsync(Limit));

        await worker.StartAsync();
        await publisher.StopAsync();
        var counts = await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", publisher.Acknowledged);
        Assert.Equal((publisher.Acknowledged, publisher.Acknowledged, 0, 0), counts);
    }

    [Fact]
    public async Task While_the_disk_is_full_ends_in_time_and_leaves_everything_to_the_broker()
    {
        await using var disk = await SmallDisk.MountAsync(320);
        Assert.SkipWhen(disk is null, "a small disk of its own needs the right to mount one.");
        var worker = await StartAsync(disk.Path);
        var publisher = await PublishAsync(500, number => $$"""{"co2":{{number}}}""");
        await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", 500);
        disk.Fill();
        await Eventually.Is(() => ReadyAsync(worker), answer => answer.Contains("no room"));
        await Eventually.Is(() => Task.FromResult(publisher.Acknowledged), count => count >= 2_000);

        Assert.Equal(0, await worker.TerminateAsync(Limit));
        Assert.Contains("At the stop", worker.Output);

        disk.Empty();
        await worker.StartAsync();
        await publisher.StopAsync();
        var counts = await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", publisher.Acknowledged);
        Assert.Equal((publisher.Acknowledged, publisher.Acknowledged, 0, 0), counts);
    }

    /// <summary>A broker that answers nothing any more holds up the farewell.</summary>
    [Fact]
    public async Task A_second_time_ends_at_once_without_loss()
    {
        var worker = await StartAsync(("SmartFarm__Stop__LimitSeconds", "60"));
        var publisher = await PublishAsync(500, number => $$"""{"ts":{{1_790_000_000_000 + number}},"co2":{{number}}}""");
        await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", 500);
        await SignalAsync("-STOP", _broker.ProcessId!.Value);
        await SignalAsync("-TERM", worker.ProcessId!.Value);
        await Eventually.Is(() => Task.FromResult(worker.Output), output => output.Contains("Stopping: "));

        Assert.Equal(1, await worker.TerminateAsync(TimeSpan.FromSeconds(5)));
        Assert.Contains("second time", worker.Output);

        await SignalAsync("-CONT", _broker.ProcessId!.Value);
        await worker.StartAsync();
        await publisher.StopAsync();
        var counts = await LedgerOf.WhenStoredAsync(worker, "t1/climate-1", publisher.Acknowledged);
        Assert.Equal((publisher.Acknowledged, 0), (counts.Stored, counts.Quarantined));
    }

    [Fact]
    public async Task Is_cut_short_at_the_limit()
    {
        var worker = await StartAsync(("SmartFarm__Stop__LimitSeconds", "2"));
        await SignalAsync("-STOP", _broker.ProcessId!.Value);

        var watch = Stopwatch.StartNew();
        var code = await worker.TerminateAsync(Limit);

        // Either the patience with the broker ends in time, or the limit ends the process: both are an end within it.
        Assert.NotNull(code);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await SignalAsync("-CONT", _broker.ProcessId!.Value);
    }

    private Task<WorkerProcess> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    private async Task<WorkerProcess> StartAsync(string? data, params (string Name, string Value)[] settings)
    {
        _worker = new WorkerProcess(_farm.Path, [("SmartFarm__Mqtt__Port", $"{_broker.Port}"), .. settings]) { Data = data };
        await _worker.StartAsync();
        return _worker;
    }

    private async Task<Publisher> PublishAsync(int perSecond, Func<int, string> payload)
    {
        _publisher = new Publisher(_broker.Port, perSecond, payload);
        await _publisher.StartAsync();
        return _publisher;
    }

    private static async Task<string> ReadyAsync(WorkerProcess worker)
    {
        using var answer = await worker.Http.GetAsync(new Uri(worker.Url, "health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
