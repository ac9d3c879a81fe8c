using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>Somebody starts a second worker with the same client id: one goes on, the other stops taking and says so, and the takeovers end.</summary>
internal sealed class TwoWorkers : ICase
{
    private const int Rate = 1_000;

    public string Name => "two-workers";

    public string What => "a second worker with the same client id, a data folder of its own and the same database; mosquitto, InfluxDB";

    public bool IsInShort => false;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        var mosquitto = run.Add(new Mosquitto());
        await Task.WhenAll(influx.StartAsync(), mosquitto.StartAsync());
        var fleet = run.NewFleet(devices: 100);
        var tap = run.Add(new MqttTap(fleet, run.NewAcks(fleet, "acknowledged-by-workers.txt")));
        var port = tap.Listen(mosquitto.Port).Port;
        var (first, second) = (run.NewWorker(fleet, port, influx.Url), run.NewWorker(fleet, port, influx.Url));
        await first.StartAsync();
        var publisher = run.Add(new Publisher(fleet, run.NewAcks(fleet), mosquitto.Port));
        using var enough = new CancellationTokenSource();
        var publishing = publisher.RunAsync(long.MaxValue, Rate, enough.Token);
        second.Launch();

        // Long enough for every takeover there will be, and to see that they have ended.
        await Eventually.GetAsync(() => Task.FromResult(first.Output + second.Output), o => o.Contains("keeps taking the session over"), TimeSpan.FromSeconds(40));
        await Eventually.PassesAsync(TimeSpan.FromSeconds(5));
        var settled = tap.Proxy.Connections;
        await Eventually.PassesAsync(TimeSpan.FromSeconds(5));
        var findings = new List<string>();
        if (tap.Proxy.Connections > settled)
        {
            findings.Add($"The two workers still take the session from each other: {tap.Proxy.Connections} connections.");
        }

        var (firstIs, secondIs) = (await Health.ReadAsync(first), await Health.ReadAsync(second));
        if (Health.IsGood(firstIs) == Health.IsGood(secondIs))
        {
            findings.Add($"Exactly one of the two must go on. First: {firstIs} Second: {secondIs}");
        }

        await enough.CancelAsync();
        await publishing;
        var loser = Health.IsGood(firstIs) ? second : first;
        await loser.TerminateAsync(TimeSpan.FromSeconds(15));
        var winner = Health.IsGood(firstIs) ? first : second;

        // The books of each worker hold its own part only; the database has the whole.
        var expected = new Expected { Published = publisher.Published, HasBooks = false };
        var outcome = await Balance.CheckAsync(run, fleet, publisher.Acks, new InfluxRows(influx), winner, expected, 1);
        return outcome with { Findings = [.. outcome.Findings, .. findings], Note = $"{tap.Proxy.Connections} connections in all; the workers acknowledged {tap.Acks.Count}" };
    }
}
