using System.Diagnostics;
using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// InfluxDB away for an hour of 1,000 devices that report every 10 s: 360,000 messages with times over the hour, sent as fast as the worker
/// takes them; then it comes back, and live messages come beside the backlog.
/// </summary>
/// <param name="order">Order in which the spool is emptied; null: as it is by default.</param>
internal sealed class OutageOfAnHour(string? order) : ICase
{
    private const string Setting = "SmartFarm__Spool__Order";
    private const int Devices = 1_000;
    private const int PerDevice = 360;
    private const int Live = 2;
    private static readonly TimeSpan OldBacklog = TimeSpan.FromSeconds(35);

    public string Name => order is null ? "outage-hour" : $"outage-hour-{order.Replace('_', '-')}";

    public string What => $"InfluxDB away for an hour of 1,000 devices at 0.1 Hz, then drained{(order is null ? "" : $", spool order {order}")}; scripted broker, InfluxDB";

    public bool IsInShort => false;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        if (order is not null && !File.ReadAllText(Repository.PathOf("docs", "settings.md")).Contains(Setting, StringComparison.Ordinal))
        {
            return Outcome.Skip($"this worker has no setting {Setting}.");
        }

        var perDevice = run.IsShort ? PerDevice / 10 : PerDevice;
        var influx = run.Add(new InfluxDb());
        var fleet = run.NewFleet(Devices, hoursAgo: 1.1, stepMs: 10_000);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        (string, string)[] settings = order is null ? [] : [(Setting, order)];
        var worker = run.NewWorker(fleet, broker.Port, influx.Url, settings);
        await worker.StartAsync();
        var watch = Stopwatch.StartNew();
        var backlog = (long)Devices * perDevice;
        broker.Allow(backlog);
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == backlog, 300);
        var taken = watch.Elapsed;
        if (order is not null && taken < OldBacklog)
        {
            // What is younger counts as live itself.
            await Eventually.PassesAsync(OldBacklog - taken);
        }

        await influx.StartAsync();
        watch.Restart();
        broker.Allow(backlog + (Devices * Live));
        var rows = new InfluxRows(influx);
        var visible = VisibleAfterAsync(influx, fleet.TimeOf(backlog + (Devices * Live) - 1), watch);
        await Eventually.GetAsync(rows.CountAsync, c => c >= backlog + (Devices * Live), TimeSpan.FromSeconds(300));
        var drained = watch.Elapsed;
        var note = $"taken at {backlog / taken.TotalSeconds:0} messages/s, drained {drained.TotalSeconds:0.0} s after the return, live values visible after {(await visible).TotalSeconds:0.0} s";
        var outcome = await Balance.CheckAsync(run, fleet, broker.Acks, rows, worker, new Expected { Published = broker.Published, PatienceSeconds = 60 }, 1, note);
        return BrokerChecks.Add(outcome, broker);
    }

    private static async Task<TimeSpan> VisibleAfterAsync(InfluxDb influx, long timeMs, Stopwatch watch)
    {
        await Eventually.GetAsync(() => NewestAsync(influx), t => t >= timeMs, TimeSpan.FromSeconds(300));
        return watch.Elapsed;
    }

    private static async Task<long> NewestAsync(InfluxDb influx)
    {
        var answer = await influx.QueryAsync("SELECT last(air_temperature) FROM telemetry", "smartfarm");
        var at = answer.IndexOf("[[", StringComparison.Ordinal);
        return at < 0 ? 0 : long.Parse(answer[(at + 2)..answer.IndexOf(',', at)]);
    }
}
