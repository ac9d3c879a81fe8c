using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// mosquitto acknowledges from memory; with <c>autosave_on_changes</c> and an interval of 1 it writes its whole state after every turn of its loop
/// that changed something: what it acknowledged in the turn in which it is killed is gone. A tap on the worker's line tells what mosquitto lost
/// so, which the worker must count as missing, from what we would have lost.
/// </summary>
internal sealed class KillMosquitto : ICase
{
    private const string Durable = "allow_anonymous true\nautosave_on_changes true\nautosave_interval 1";
    private const int Rate = 500;

    public string Name => "kill-mosquitto";

    public string What => "kill -9 and restart of mosquitto with autosave_on_changes under load; mosquitto, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var kills = run.IsShort ? 1 : 20;
        var influx = run.Add(new InfluxDb());
        var mosquitto = run.Add(new Mosquitto(Durable));
        await Task.WhenAll(influx.StartAsync(), mosquitto.StartAsync());
        var fleet = run.NewFleet(devices: 200);
        var tap = run.Add(new MqttTap(fleet, run.NewAcks(fleet, "acknowledged-by-worker.txt")));
        var worker = run.NewWorker(fleet, tap.Listen(mosquitto.Port).Port, influx.Url);
        await worker.StartAsync();
        var publisher = run.Add(new Publisher(fleet, run.NewAcks(fleet), mosquitto.Port));
        using var enough = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var publishing = publisher.RunAsync(long.MaxValue, Rate, enough.Token);
        for (var i = 0; i < kills; i++)
        {
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(300, 2000)));
            await mosquitto.KillAsync();
            await mosquitto.StartAsync();
        }

        await Eventually.PassesAsync(TimeSpan.FromSeconds(1));
        await enough.CancelAsync();
        await publishing;
        var rate = publisher.Acks.Count / watch.Elapsed.TotalSeconds;

        // The last messages on their way, and a last word of every device, so that a gap at the end is seen as one.
        await publisher.RunAsync(publisher.Published + fleet.Devices, Rate);
        await Eventually.GetAsync(() => Task.FromResult(tap.Delivered), d => d == publisher.Acks.Count, TimeSpan.FromSeconds(40));
        var lost = Enumerable.Range(0, (int)publisher.Published).Count(n => !tap.WasDelivered(n));
        var expected = new Expected { Published = publisher.Published, WasLostBefore = n => !tap.WasDelivered(n) };
        var outcome = await Balance.CheckAsync(run, fleet, publisher.Acks, new InfluxRows(influx), worker, expected, kills);
        return outcome with
        {
            Note = $"{rate:0} PUBACKs/s with durable settings (asked for {Rate}); the worker acknowledged {tap.Acks.Count}; mosquitto lost {lost} that it had acknowledged, and the ledger counts them as missing",
        };
    }
}

/// <summary>InfluxDB syncs its log before it says 204, so that nothing may be missing after it was killed.</summary>
internal sealed class KillInflux : ICase
{
    private const int Rate = 4_000;

    public string Name => "kill-influx";

    public string What => "kill -9 and restart of InfluxDB under load; scripted broker, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var kills = run.IsShort ? 1 : 20;
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(devices: 200);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        await worker.StartAsync();
        broker.Allow(long.MaxValue, Rate);
        for (var i = 0; i < kills; i++)
        {
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(300, 1500)));
            await influx.KillAsync();
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(0, 500)));
            await influx.StartAsync();
        }

        broker.Allow(broker.Published);
        await Eventually.Is(() => Task.FromResult(broker.Session.Outstanding), o => o == 0);
        var outcome = await Balance.CheckAsync(
            run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = broker.Published, PatienceSeconds = 45 }, kills);
        return BrokerChecks.Add(outcome, broker);
    }
}
