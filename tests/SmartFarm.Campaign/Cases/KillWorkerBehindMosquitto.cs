using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>The same with a real broker: what the devices got a PUBACK for counts.</summary>
internal sealed class KillWorkerBehindMosquitto : ICase
{
    private const int Rate = 3_000;

    public string Name => "kill-worker-mosquitto";

    public string What => "kill -9 of the worker at seeded times while devices publish through mosquitto; mosquitto, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var kills = run.IsShort ? 1 : 20;
        var influx = run.Add(new InfluxDb());
        var mosquitto = run.Add(new Mosquitto());
        await Task.WhenAll(influx.StartAsync(), mosquitto.StartAsync());
        var fleet = run.NewFleet(devices: 200);
        var worker = run.NewWorker(fleet, mosquitto.Port, influx.Url);
        await worker.StartAsync();
        var publisher = run.Add(new Publisher(fleet, run.NewAcks(fleet), mosquitto.Port));
        using var enough = new CancellationTokenSource();
        var publishing = publisher.RunAsync(long.MaxValue, Rate, enough.Token);
        for (var i = 0; i < kills; i++)
        {
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(50, 1200)));
            await worker.KillAsync();
            await worker.StartAsync();
        }

        await enough.CancelAsync();
        await publishing;
        return await Balance.CheckAsync(run, fleet, publisher.Acks, new InfluxRows(influx), worker, new Expected { Published = publisher.Published }, kills);
    }
}
