using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>The network between the worker and one of its servers goes bad and good again, under load.</summary>
/// <param name="isMqtt">Whether it is the line to the broker; otherwise the line to the database.</param>
/// <param name="name">Of the fault.</param>
/// <param name="what">The fault.</param>
/// <param name="fault">What is done; <see cref="NetworkFault.None"/>: connections are reset.</param>
/// <param name="isInShort">Whether it is quick enough for the short form.</param>
/// <param name="lastsUntilNoticed">Whether the fault stays on the connections it began with, until the worker gives them up by itself.</param>
internal sealed class NetworkFaults(bool isMqtt, string name, string what, NetworkFault fault, bool isInShort = false, bool lastsUntilNoticed = false) : ICase
{
    private const int Rate = 1_500;

    public string Name => $"net-{(isMqtt ? "mqtt" : "influx")}-{name}";

    public string What => $"network to {(isMqtt ? "mosquitto" : "InfluxDB")}: {what}";

    public bool IsInShort => isInShort;

    public static IEnumerable<ICase> All() => new[] { true, false }.SelectMany(isMqtt => new ICase[]
    {
        new NetworkFaults(isMqtt, "cut", "connections reset, ten times", NetworkFault.None, isInShort: isMqtt),
        new NetworkFaults(isMqtt, "refused", "connections refused for 3 s", NetworkFault.Refused),
        new NetworkFaults(isMqtt, "half-open", "swallowed silently until the worker gives up by itself", NetworkFault.Swallowed, lastsUntilNoticed: true),
        new NetworkFaults(isMqtt, "swallowed", "swallowed silently for 3 s, then reset", NetworkFault.Swallowed),
        new NetworkFaults(isMqtt, "up-swallowed", "what the worker sends is swallowed for 3 s", NetworkFault.UpstreamSwallowed),
        new NetworkFaults(isMqtt, "down-swallowed", "what the server sends is swallowed for 3 s", NetworkFault.DownstreamSwallowed),
        new NetworkFaults(isMqtt, "stalled", "stands still for 3 s, loses nothing", NetworkFault.Stalled),
        new NetworkFaults(isMqtt, "slow", "20 kB/s for 5 s", NetworkFault.Slow),
        new NetworkFaults(isMqtt, "torn", "every byte in a segment of its own for 3 s", NetworkFault.Torn),
    });

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        var mosquitto = run.Add(new Mosquitto());
        await Task.WhenAll(influx.StartAsync(), mosquitto.StartAsync());
        var fleet = run.NewFleet(devices: 100);
        var tap = run.Add(new MqttTap(fleet, run.NewAcks(fleet, "acknowledged-by-worker.txt")));
        var line = run.Add(new TcpProxy(isMqtt ? tap.Listen(mosquitto.Port).Port : influx.Port));
        var worker = isMqtt
            ? run.NewWorker(fleet, line.Port, influx.Url)
            : run.NewWorker(fleet, tap.Listen(mosquitto.Port).Port, new Uri($"http://127.0.0.1:{line.Port}/"));
        await worker.StartAsync();
        var publisher = run.Add(new Publisher(fleet, run.NewAcks(fleet), mosquitto.Port));
        using var enough = new CancellationTokenSource();
        var publishing = publisher.RunAsync(long.MaxValue, Rate, enough.Token);
        await Eventually.PassesAsync(TimeSpan.FromMilliseconds(500));
        var runs = await BeBadAsync(run, line);
        await Eventually.PassesAsync(TimeSpan.FromMilliseconds(500));
        await enough.CancelAsync();
        await publishing;
        var outcome = await Balance.CheckAsync(
            run, fleet, publisher.Acks, new InfluxRows(influx), worker, new Expected { Published = publisher.Published, PatienceSeconds = 60 }, runs);
        return outcome with { Note = $"{line.Connections} connections; the worker acknowledged {tap.Acks.Count}" };
    }

    private async Task<int> BeBadAsync(CaseRun run, TcpProxy line)
    {
        if (fault == NetworkFault.None)
        {
            for (var i = 0; i < 10; i++)
            {
                line.Cut();
                await Eventually.PassesAsync(TimeSpan.FromMilliseconds(run.Random.Next(20, 400)));
            }

            return 10;
        }

        if (lastsUntilNoticed)
        {
            var before = line.Connections;
            line.SetExisting(fault);
            await Eventually.Is(() => Task.FromResult(line.Connections), c => c > before, 90);
            return 1;
        }

        line.Set(fault);
        await Eventually.PassesAsync(TimeSpan.FromSeconds(fault == NetworkFault.Slow ? 5 : 3));
        line.Set(NetworkFault.None);
        return 1;
    }
}
