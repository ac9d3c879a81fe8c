using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Mqtt;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>One device sends rubbish as fast as the broker takes it; the others are stored as before, and all the rubbish is accounted for.</summary>
internal sealed class PoisonFlood : ICase
{
    private const int Rate = 1_000;
    private const int Window = 500;

    public string Name => "poison-flood";

    public string What => "one device floods rubbish while 99 others go on; mosquitto, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var seconds = run.IsShort ? 2 : 15;
        var influx = run.Add(new InfluxDb());
        var mosquitto = run.Add(new Mosquitto());
        await Task.WhenAll(influx.StartAsync(), mosquitto.StartAsync());
        var fleet = run.NewFleet(devices: 100);
        var worker = run.NewWorker(fleet, mosquitto.Port, influx.Url);
        await worker.StartAsync();
        var publisher = run.Add(new Publisher(fleet, run.NewAcks(fleet), mosquitto.Port));
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var publishing = publisher.RunAsync(long.MaxValue, Rate, enough.Token);
        var rubbish = FloodAsync(run, mosquitto.Port, enough.Token);
        await publishing;
        var watch = Stopwatch.StartNew();
        var rows = new InfluxRows(influx);
        await Eventually.GetAsync(rows.CountAsync, c => c >= publisher.Published, TimeSpan.FromSeconds(60));
        var behind = watch.Elapsed;
        var sent = await rubbish;
        var books = await Eventually.GetAsync(() => Books.ReadAsync(worker), b => b.Quarantined >= sent, TimeSpan.FromSeconds(60));
        var expected = new Expected { Published = publisher.Published, QuarantinedReadings = sent };
        var outcome = await Balance.CheckAsync(
            run, fleet, publisher.Acks, rows, worker, expected, 1, $"{sent / seconds} rubbish/s beside {Rate} good/s, whose last was visible {behind.TotalSeconds:0.0} s after the flood");
        var kept = books.Entries("bad_json");
        return kept + books.Evicted == sent
            ? outcome
            : outcome with { Findings = [.. outcome.Findings, $"{sent} pieces of rubbish were acknowledged; the quarantine has {kept} as bad_json and dropped {books.Evicted} at its bound."] };
    }

    private static async Task<long> FloodAsync(CaseRun run, int port, CancellationToken cancellationToken)
    {
        var options = new MqttSessionOptions { Host = "127.0.0.1", Port = port, ClientId = "rubbish" };
        var session = run.Add(new MqttSession(options, null, TimeProvider.System, NullLogger<MqttSession>.Instance));
        session.Start();
        using var window = new SemaphoreSlim(Window);
        var sent = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            await window.WaitAsync(CancellationToken.None);
            _ = SendAsync(sent++);
        }

        for (var i = 0; i < Window; i++)
        {
            await window.WaitAsync(CancellationToken.None);
        }

        return sent;

        async Task SendAsync(long i)
        {
            await session.PublishAsync(new MqttMessage("farm/c1/d0007/telemetry", Encoding.UTF8.GetBytes($"{{\"ts\":{i},\"air_temp")), CancellationToken.None);
            window.Release();
        }
    }
}
