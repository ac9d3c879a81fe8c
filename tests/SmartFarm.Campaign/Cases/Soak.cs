using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// A day of 120 devices that report every 10 s: a million messages whose times go over 24 hours, in minutes. Memory must not grow: the median of
/// the last third of the samples is compared with that of the first, the start left out.
/// </summary>
internal sealed class Soak : ICase
{
    private const int Devices = 120;
    private const int StepMs = 10_000;
    private const double MarginMb = 15;

    public string Name => "soak-24h";

    public string What => "24 hours of 120 devices at 0.1 Hz in compressed time, memory flat; scripted broker, InfluxDB";

    public bool IsInShort => false;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var wall = TimeSpan.FromSeconds(run.IsShort ? 60 : 180);
        var hours = run.IsShort ? 8 : 24;
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(Devices, hoursAgo: hours + 0.1, stepMs: StepMs);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        await worker.StartAsync();
        var messages = (long)(TimeSpan.FromHours(hours).TotalMilliseconds / StepMs) * Devices;
        var watch = Stopwatch.StartNew();
        broker.Allow(messages, (int)(messages / wall.TotalSeconds));
        await Eventually.GetAsync(() => Task.FromResult(broker.Acks.Count), a => a >= messages / 12, wall);
        await using var memory = new MemoryWatch(worker);
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == messages, (int)wall.TotalSeconds + 60);
        var samples = memory.Samples();
        var third = samples.Count / 3;
        var (first, last) = (Median(samples.Take(third)), Median(samples.TakeLast(third)));
        var note = $"{messages / watch.Elapsed.TotalSeconds:0} messages/s; median memory of the first third {first:0} MB, of the last {last:0} MB, slope {(last - first) / (watch.Elapsed.TotalMinutes * 2 / 3):0.0} MB/min";
        var outcome = await Balance.CheckAsync(run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = messages }, 1, note);
        outcome = BrokerChecks.Add(outcome, broker);
        return last <= first + MarginMb
            ? outcome
            : outcome with { Findings = [.. outcome.Findings, $"Memory grows: {first:0} MB in the first third, {last:0} MB in the last."] };
    }

    private static double Median(IEnumerable<double> samples) => samples.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : 0;
}
