using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// Somebody wrote text into a field of ours. InfluxDB 1.x keeps a type per shard, and a shard lasts a week: the temperatures of one week are
/// refused, those of the next are not, and the times of the messages go over both. Each value is in the database or in the quarantine, not in both.
/// </summary>
internal sealed class TypeConflict : ICase
{
    private const int Devices = 20;
    private const int Messages = 4_000;
    private const int StepMs = 60_000;
    private static readonly TimeSpan Shard = TimeSpan.FromDays(7);

    public string Name => "influx-type-conflict";

    public string What => "a field of ours has type string in one of two shards; scripted broker, InfluxDB";

    public bool IsInShort => false;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();

        // Shards of a week begin on Mondays (UTC): InfluxDB rounds times down to whole weeks since the year 1.
        var boundary = new DateTimeOffset(DateTimeOffset.UtcNow.UtcTicks / Shard.Ticks * Shard.Ticks, TimeSpan.Zero);

        // Half of each device's messages before the boundary, half behind; the whole of it in the past.
        var half = TimeSpan.FromMilliseconds(StepMs * (Messages / Devices / 2));
        if (boundary + half > DateTimeOffset.UtcNow)
        {
            boundary -= Shard;
        }

        var fleet = run.NewFleetFrom(Devices, boundary - half, StepMs);
        await influx.QueryAsync("CREATE DATABASE smartfarm");
        using var http = new HttpClient { BaseAddress = influx.Url };
        using var text = new StringContent($"telemetry,device=other air_temperature=\"warm\" {(boundary - half).ToUnixTimeMilliseconds()}");
        using var answer = await http.PostAsync("write?db=smartfarm&precision=ms", text);
        answer.EnsureSuccessStatusCode();
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        await worker.StartAsync();
        broker.Allow(Messages, 2_000);
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == Messages);
        var expected = new Expected
        {
            Published = Messages, IsTemperatureRefused = n => fleet.TimeOf(n) < boundary.ToUnixTimeMilliseconds(), IsForeign = device => device == "other",
        };
        return BrokerChecks.Add(await Balance.CheckAsync(run, fleet, broker.Acks, new InfluxRows(influx), worker, expected, 1), broker);
    }
}
