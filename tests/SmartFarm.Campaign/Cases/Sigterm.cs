using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>The ordinary stop, under load: quick, clean, and nothing is left behind or done twice.</summary>
internal sealed class Sigterm : ICase
{
    private const int Rate = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => "sigterm";

    public string What => "SIGTERM of the worker under load at seeded times, started again; scripted broker, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var stops = run.IsShort ? 2 : 20;
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(devices: 200);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        broker.Allow(long.MaxValue, Rate);
        var findings = new List<string>();
        var longest = TimeSpan.Zero;
        for (var i = 0; i < stops; i++)
        {
            await worker.StartAsync();
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(0, 1000)));
            var watch = Stopwatch.StartNew();
            var code = await worker.TerminateAsync(Patience);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            if (code != 0)
            {
                findings.Add($"Stop {i + 1}: {(code is null ? $"not ended within {Patience.TotalSeconds:0} s" : $"exit code {code}")}.");
            }
        }

        broker.Allow(broker.Published);
        await worker.StartAsync();
        await Eventually.Is(() => Task.FromResult(broker.Session.Outstanding), o => o == 0);
        var outcome = await Balance.CheckAsync(
            run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = broker.Published }, stops, $"longest stop {longest.TotalSeconds:0.0} s");
        outcome = BrokerChecks.Add(outcome, broker);
        return outcome with { Findings = [.. outcome.Findings, .. findings] };
    }
}
