using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// mosquitto acknowledges from memory; with <c>autosave_on_changes</c> and an interval of 1 it writes its whole state after every change, which is
/// the only setting of 2.0 that outlives kill -9. A tap on the worker's line tells what mosquitto lost from what we lost.
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
        var note = $"{publisher.Acks.Count / watch.Elapsed.TotalSeconds:0} PUBACKs/s with durable settings (asked for {Rate})";
        var outcome = await Balance.CheckAsync(run, fleet, publisher.Acks, new InfluxRows(influx), worker, new Expected { Published = publisher.Published }, kills, note);
        return Attribute(outcome, publisher, tap);
    }

    /// <summary>Lost messages that never reached the worker are the broker's losses: named as such, and still losses.</summary>
    private static Outcome Attribute(Outcome outcome, Publisher publisher, MqttTap tap)
    {
        var neverDelivered = 0L;
        for (var n = 0L; n < publisher.Published; n++)
        {
            neverDelivered += publisher.Acks.Contains(n) && !tap.WasDelivered(n) ? 1 : 0;
        }

        outcome = outcome with { Note = $"{outcome.Note}; the worker acknowledged {tap.Acks.Count}" };
        return neverDelivered == 0
            ? outcome
            : outcome with { Findings = [.. outcome.Findings, $"{neverDelivered} messages that mosquitto acknowledged never reached the worker: lost by mosquitto."] };
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
