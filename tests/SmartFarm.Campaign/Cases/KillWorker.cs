using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// The sharpest test of "acknowledged is stored": the scripted broker knows what the worker itself acknowledged, at full speed, and the worker
/// is killed after a seeded time since its start, a seeded number of its PUBACKs, or a seeded number of messages sent to it.
/// </summary>
internal sealed class KillWorker : ICase
{
    private const int Kills = 200;
    private const int KillsInShort = 4;
    private const int MostPerCycle = 12_000;

    public string Name => "kill-worker";

    public string What => "kill -9 of the worker under load at seeded points (time, PUBACKs, messages sent); scripted broker, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(devices: 500);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        var kills = run.IsShort ? KillsInShort : Kills;
        for (var i = 1; i <= kills; i++)
        {
            broker.Allow(broker.Published + MostPerCycle);
            worker.Launch();
            await WaitForPointAsync(run, broker);
            await worker.KillAsync();
            if (i % 20 == 0)
            {
                run.Say($"{i} of {kills} kills, {broker.Acks.Count} acknowledged, {broker.Findings.Redelivered} sent again");
            }
        }

        broker.Allow(broker.Published);
        await worker.StartAsync();
        await Eventually.Is(() => Task.FromResult(broker.Session.Outstanding), o => o == 0, 60);
        var outcome = await Balance.CheckAsync(run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = broker.Published }, kills);
        return BrokerChecks.Add(outcome, broker);
    }

    /// <summary>In the middle of the start, or after a number of acknowledgements, or after a number of messages, or after a time under load.</summary>
    private static async Task WaitForPointAsync(CaseRun run, FakeBroker broker)
    {
        var (acks, sent) = (broker.Acks.Count, broker.Published);
        switch (run.Random.Next(4))
        {
            case 0:
                await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(100, 1500)));
                break;
            case 1:
                var wantedAcks = acks + run.Random.Next(1, MostPerCycle);
                await Eventually.GetAsync(() => Task.FromResult(broker.Acks.Count), a => a >= wantedAcks, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
                break;
            case 2:
                var wantedSent = sent + run.Random.Next(1, MostPerCycle);
                await Eventually.GetAsync(() => Task.FromResult(broker.Published), p => p >= wantedSent, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
                break;
            default:
                await Eventually.GetAsync(() => Task.FromResult(broker.Published), p => p > sent, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
                await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(0, 400)));
                break;
        }
    }
}
