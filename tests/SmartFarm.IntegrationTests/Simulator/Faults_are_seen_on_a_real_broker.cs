using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Wiretap;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Simulator;

public sealed class Faults_are_seen_on_a_real_broker : IMqttReceiver
{
    private readonly ConcurrentQueue<(string Topic, string Payload)> _heard = new();

    private MqttSession? _session;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_network_loss_all_readings_arrive_in_order_and_the_presence_says_what_happened()
    {
        await using var broker = await BrokerAsync();
        await using var listener = await ListenAsync(broker.Port);
        var start = TimeProvider.System.GetUtcNow();
        var loss = new FaultSpec { Kind = "network_loss", Site = "test", Device = "climate", Window = new FaultWindow(start.AddSeconds(2), start.AddSeconds(4)) };
        await using var farm = Simulated(broker.Port, new SimulationOptions { Tick = TimeSpan.FromMilliseconds(50), Faults = [loss] });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = farm.RunAsync(end.Token);

        await UntilAsync(() => Heard("farm/test/climate/status").SkipWhile(word => word != "offline").Contains("online"));
        var sent = Seqs().Count;
        await UntilAsync(() => Seqs().Count > sent + 10);
        await end.CancelAsync();
        await running;

        await UntilAsync(() => Heard("farm/test/climate/status").LastOrDefault() == "offline");
        Assert.Equal(["online", "offline", "online", "offline"], Heard("farm/test/climate/status"));
        Assert.Equal(Enumerable.Range(1, Seqs().Count).Select(i => (long)i), Seqs());
        Assert.Equal((0L, 0L), (farm.Counts.Lost, farm.Counts.Swallowed));
    }

    [Fact]
    public async Task A_node_of_KS_X_3267_is_written_to_and_read_and_a_tap_shows_every_byte()
    {
        await using var broker = await BrokerAsync();
        await using var listener = await ListenAsync(broker.Port);
        var shown = new ConcurrentQueue<string>();
        await using var tap = new Tap("127.0.0.1", broker.Port, shown.Enqueue, TimeProvider.System);
        await using var farm = Simulated(tap.Port, new SimulationOptions { Tick = TimeSpan.FromMilliseconds(50), KsX3267 = true });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = farm.RunAsync(end.Token);
        await farm.WhenReadyAsync(Stop);

        await listener.PublishAsync(new MqttMessage("farm/test/ctrl/ksx3267/write", """{"device":"roof_vent","operation":305,"opid":77,"position":50}"""u8.ToArray()), Stop);

        await UntilAsync(() => Vent().Any(vent => (vent.Status, vent.OpId) == (301, 77)) && Vent().Last() == (0, 0, 50));
        await end.CancelAsync();
        await running;
        await UntilAsync(() => shown.Any(text => text.Contains("DISCONNECT")));
        var up = shown.Where(text => text.Contains("PUBLISH") && text.Contains("→ broker")).ToList();
        Assert.Contains(shown, text => text.Contains("CONNECT as 'sim-test-ctrl', MQTT 5.0"));
        Assert.Contains(shown, text => text.Contains("← broker") && text.Contains("\"operation\":305"));
        Assert.Equal(_heard.Count(m => m.Topic.StartsWith("farm/test/c", StringComparison.Ordinal) && !m.Topic.EndsWith("/write", StringComparison.Ordinal)), up.Count);
        Assert.All(Heard("farm/test/ctrl/ksx3267"), text => Assert.Contains(up, line => line.Contains(text)));
    }

    void IMqttReceiver.OnMessage(in ReceivedMessage message)
    {
        _heard.Enqueue((Encoding.UTF8.GetString(message.Topic), Encoding.UTF8.GetString(message.Payload)));
        _session!.Acknowledge(message.Ticket);
    }

    ValueTask IMqttReceiver.FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    void IMqttReceiver.OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => Assert.Fail(reason);

    private static async Task<Mosquitto> BrokerAsync()
    {
        if (!Mosquitto.IsInstalled)
        {
            Assert.Skip("mosquitto is not installed.");
        }

        var broker = new Mosquitto();
        await broker.StartAsync();
        return broker;
    }

    private static MqttSessionOptions Connection(int port, string clientId) => new() { Host = "127.0.0.1", Port = port, ClientId = clientId, SessionExpiry = TimeSpan.Zero };

    private static SimulatedFarm Simulated(int port, SimulationOptions options) =>
        new(TestFarm(), Connection(port, "sim"), options, TimeProvider.System, NullLoggerFactory.Instance);

    private static Farm TestFarm() => FarmLoader.Parse("""
        farm: test
        sites:
          - id: test
            zones:
              - id: gh1
                devices: [ { id: climate, interval: 200 ms, quantities: [air_temperature, relative_humidity] } ]
                controllers: [ { id: ctrl, actuators: [ { id: roof_vent, kind: position, travel: 2 s } ] } ]
        """).Farm!;

    private static Task UntilAsync(Func<bool> condition) => Eventually.Is(() => Task.FromResult(condition()), isTrue => isTrue, seconds: 60);

    private async Task<MqttSession> ListenAsync(int port)
    {
        _session = new MqttSession(Connection(port, "listener") with { Subscriptions = ["farm/#"] }, this, TimeProvider.System, NullLogger<MqttSession>.Instance);
        _session.Start();
        await _session.WhenReadyAsync(Stop);
        return _session;
    }

    private List<string> Heard(string topic) => [.. _heard.Where(m => m.Topic == topic).Select(m => m.Payload)];

    private List<long> Seqs() => [.. Heard("farm/test/climate/telemetry").Select(text => JsonDocument.Parse(text).RootElement.GetProperty("seq").GetInt64())];

    private List<(int Status, int OpId, int Position)> Vent() =>
        [.. Heard("farm/test/ctrl/ksx3267").Select(text => JsonDocument.Parse(text).RootElement.GetProperty("devices").GetProperty("roof_vent"))
            .Select(d => (d.GetProperty("status").GetInt32(), d.GetProperty("opid").GetInt32(), d.GetProperty("position").GetInt32()))];
}
