using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>The worker at a broker that does what brokers should not, or seldom do.</summary>
internal sealed class BrokerFaults(string name, string what, Func<Random, BrokerBehaviour> behaviour) : ICase
{
    public string Name => $"broker-{name}";

    public string What => $"scripted broker: {what}";

    public bool IsInShort { get; init; }

    /// <summary>Messages sent; fewer where each takes its time.</summary>
    private int Messages { get; init; } = 10_000;

    /// <summary>How often the fault is done.</summary>
    private int Faults { get; init; } = 1;

    /// <summary>Readings that the fault itself puts into the quarantine; null: some, such as packets broken off in the middle.</summary>
    private long? Quarantined { get; init; } = 0;

    /// <summary>3.1.1 (4) or 5.</summary>
    private int Version { get; init; } = 5;

    private (string, string)[] Settings { get; init; } = [];

    public static IEnumerable<ICase> All()
    {
        yield return new BrokerFaults("drop-before-ack", "resets after messages were sent, before PUBACKs are read, six times", r => new Drops(r, afterAck: false, 6)) { Quarantined = null, Faults = 6 };
        yield return new BrokerFaults("drop-early", "resets after messages were sent, twice", r => new Drops(r, afterAck: false, 2)) { Quarantined = null, Faults = 2, IsInShort = true };
        yield return new BrokerFaults("drop-after-ack", "resets after a PUBACK, six times", r => new Drops(r, afterAck: true, 6)) { Quarantined = null, Faults = 6 };
        yield return new BrokerFaults("forgets", "session present 0 after every reset, six times", r => new Resumes(r, forgets: true)) { Quarantined = null, Faults = Resumes.Times };
        yield return new BrokerFaults("odd-order", "sends again with DUP in another order, six times", r => new Resumes(r, forgets: false)) { Quarantined = null, Faults = Resumes.Times };
        yield return new BrokerFaults("odd-order-3.1.1", "the same with MQTT 3.1.1", r => new Resumes(r, forgets: false)) { Quarantined = null, Faults = Resumes.Times, Version = 4 };
        yield return new BrokerFaults("refuses", "CONNACK busy, unavailable, quota, rate exceeded; then accepts",
            _ => new Refuses(ReasonCode.ServerBusy, ReasonCode.ServerUnavailable, ReasonCode.QuotaExceeded, ReasonCode.ConnectionRateExceeded)) { Faults = 4 };
        yield return new BrokerFaults("refuses-3.1.1", "MQTT 3.1.1: CONNACK server unavailable twice; then accepts",
            _ => new Refuses(ReasonCode.ServerUnavailable, ReasonCode.ServerUnavailable)) { Faults = 2, Version = 4 };
        yield return new BrokerFaults("one-at-a-time", "receive maximum 1 on both sides", _ => new TakesOneAtATime())
        {
            Messages = 300, Settings = [("SmartFarm__Mqtt__ReceiveMaximum", "1")],
        };
        yield return new BrokerFaults("torn", "every byte in a segment of its own", _ => new TearsPackets()) { Messages = 2_000, IsInShort = true };
        yield return new BrokerFaults("silent", "never answers PINGREQ on the first connection", _ => new IgnoresPings()) { Messages = 1_000 };
        yield return new BrokerFaults("wrong-ids", "PUBACK, SUBACK and PINGRESP for nothing that was asked", _ => new Disturbs(3, 700, Disturbs.WrongIds, ends: false));
        yield return new BrokerFaults("id-zero", "a PUBLISH with packet identifier 0, three times", _ => new Disturbs(3, 700, Disturbs.IdZero, ends: true)) { Faults = 3, Quarantined = null };
        yield return new BrokerFaults("oversize", "a message of 1 MB among the others", _ => new Disturbs(1, 700, Disturbs.Oversize, ends: false)) { Quarantined = 1 };
        yield return new BrokerFaults("garbage", "bytes that are no MQTT, three times", _ => new Disturbs(3, 700, Disturbs.Garbage, ends: true)) { Faults = 3, Quarantined = null, IsInShort = true };
        yield return new BrokerFaults("takes-over", "DISCONNECT session taken over, twice", _ => new Disturbs(2, 700, Disturbs.TakenOver, ends: true)) { Faults = 2 };
    }

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(devices: 100);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free(), behaviour(run.Random)));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url, [("SmartFarm__Mqtt__Version", $"{Version}"), .. Settings]);
        await worker.StartAsync();
        if (broker.Behaviour is IgnoresPings)
        {
            // Silence is noticed only when there is nothing else: the messages come after the worker has given the connection up.
            await Eventually.Is(() => Task.FromResult(broker.Findings.Connections), c => c > 1, broker.Behaviour.PatienceSeconds);
        }

        broker.Allow(Messages);
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == Messages, broker.Behaviour.PatienceSeconds);
        var outcome = await Balance.CheckAsync(
            run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = Messages, QuarantinedReadings = Quarantined }, Faults);
        return BrokerChecks.Add(outcome, broker);
    }
}
