using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Load;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Simulator;

public sealed class A_load_is_counted_to_the_last_message
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_arrives_once_at_the_rate_asked_for()
    {
        await using var broker = await BrokerAsync();
        var seen = new Seen();
        await using var subscriber = new MqttSession(Connection(broker.Port, "seen") with { Subscriptions = ["farm/load/+/telemetry"] }, seen, TimeProvider.System, NullLogger<MqttSession>.Instance);
        seen.Acknowledge = ticket => subscriber.Acknowledge(ticket);
        subscriber.Start();
        await subscriber.WhenReadyAsync(Stop);

        var summary = await new LoadRun(Options(devices: 200, rate: 2000, seconds: 2, connections: 20), Connection(broker.Port, "load"), TimeProvider.System).RunAsync(null, Stop);

        Assert.True(summary.IsWhole, summary.ToString());
        Assert.Equal((4000L, 4000L), (summary.Messages, summary.Acknowledged));
        Assert.InRange(summary.SentPerSecond, 1980, 2020);
        Assert.InRange(summary.Latency.P99Ms, summary.Lateness.P50Ms, 2000);
        await Eventually.Is(() => Task.FromResult(seen.Count), count => count == 4000);
        Assert.Equal(200, seen.Devices);
    }

    [Fact]
    public async Task What_a_dying_broker_takes_with_it_is_counted()
    {
        await using var broker = await BrokerAsync();
        var options = Options(devices: 100, rate: 2000, seconds: 3, connections: 10) with { Patience = TimeSpan.FromSeconds(1) };
        var half = new Reached(TimeSpan.FromSeconds(1));
        var running = new LoadRun(options, Connection(broker.Port, "load"), TimeProvider.System).RunAsync(half, Stop);
        await half.WhenReached.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await broker.KillAsync();

        var summary = await running;

        Assert.False(summary.IsWhole);
        Assert.Equal(10, summary.BrokenConnections);
        Assert.InRange(summary.NotSent, 2000, 5000);
        Assert.Equal(6000, summary.Acknowledged + summary.Refused + summary.Unacknowledged + summary.NotSent);
        Assert.NotNull(summary.Trouble);
    }

    [Fact]
    public async Task A_broker_that_comes_back_gets_what_came_due_meanwhile()
    {
        await using var broker = await BrokerAsync();
        var half = new Reached(TimeSpan.FromSeconds(1));
        var running = new LoadRun(Options(devices: 100, rate: 1000, seconds: 3, connections: 10), Connection(broker.Port, "load"), TimeProvider.System).RunAsync(half, Stop);
        await half.WhenReached.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await broker.KillAsync();
        await broker.StartAsync();

        var summary = await running;

        Assert.Equal((0L, 10L), (summary.NotSent, summary.BrokenConnections));
        Assert.Equal(3000, summary.Acknowledged + summary.Unacknowledged);
        Assert.True(summary.Lateness.MostMs > 500);
    }

    [Fact]
    public async Task A_broker_that_may_not_be_written_to_refuses_and_is_counted()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("acl"), "topic read #\n", Stop);
        await using var broker = await BrokerAsync($"allow_anonymous true\nacl_file {folder.File("acl")}\nmax_queued_messages 1000");

        var summary = await new LoadRun(Options(devices: 5, rate: 100, seconds: 1, connections: 5), Connection(broker.Port, "load"), TimeProvider.System).RunAsync(null, Stop);

        Assert.True((summary.Refused, summary.Acknowledged) == (100, 0), summary.ToString());
        Assert.Contains("0x87", summary.Trouble);
    }

    [Fact]
    public async Task Without_a_broker_it_says_so_in_a_sentence()
    {
        var port = Ports.Free();

        var failure = await Assert.ThrowsAsync<SimulatorException>(
            () => new LoadRun(Options(devices: 5, rate: 100, seconds: 1, connections: 5), Connection(port, "load"), TimeProvider.System).RunAsync(null, Stop));

        Assert.Contains($"No connection to the MQTT broker at 127.0.0.1:{port}", failure.Message);
    }

    [Fact]
    public async Task The_command_prints_a_summary_that_programs_read_and_a_farm_that_the_worker_takes()
    {
        await using var broker = await BrokerAsync();
        using var folder = new TempFolder();

        var (code, output) = await SimulatorProgram.RunAsync("load", "--port", $"{broker.Port}", "--devices", "50", "--rate", "500", "--for", "1s", "--json");
        var (text, shown) = await SimulatorProgram.RunAsync("load", "--port", $"{broker.Port}", "--devices", "3", "--rate", "30", "--for", "1s");
        var (written, _) = await SimulatorProgram.RunAsync("load", "--devices", "50", "--rate", "500", "--write-farm", folder.Path);

        using var json = JsonDocument.Parse(output);
        Assert.Equal((0, 500), (code, json.RootElement.GetProperty("acknowledged").GetInt32()));
        Assert.Equal(500, json.RootElement.GetProperty("askedPerSecond").GetDouble());
        Assert.Equal(0, text);
        Assert.Contains("30 acknowledged, 0 refused", shown);
        Assert.Equal(0, written);
        var farm = FarmLoader.Load(folder.Path);
        Assert.True(farm.IsValid, string.Join('\n', farm.Errors));
        Assert.Equal(50, farm.Farm!.Sites.Single().Zones.Sum(zone => zone.Devices.Count));
    }

    private static LoadOptions Options(int devices, double rate, double seconds, int connections) =>
        new() { Devices = devices, Rate = rate, Duration = TimeSpan.FromSeconds(seconds), Connections = connections };

    private static MqttSessionOptions Connection(int port, string clientId) => new() { Host = "127.0.0.1", Port = port, ClientId = clientId, SessionExpiry = TimeSpan.Zero };

    private static async Task<Mosquitto> BrokerAsync(string configuration = "allow_anonymous true")
    {
        if (!Mosquitto.IsInstalled)
        {
            Assert.Skip("mosquitto is not installed.");
        }

        var broker = new Mosquitto(configuration);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Signals when a load has run for a time.</summary>
    private sealed class Reached(TimeSpan time) : IProgress<LoadProgress>
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WhenReached => _reached.Task;

        public void Report(LoadProgress value)
        {
            if (value.Elapsed >= time)
            {
                _reached.TrySetResult();
            }
        }
    }

    /// <summary>The distinct messages that came, and their devices.</summary>
    private sealed class Seen : IMqttReceiver
    {
        private readonly ConcurrentDictionary<string, bool> _messages = new();
        private readonly ConcurrentDictionary<string, bool> _devices = new();

        public Action<AckTicket>? Acknowledge { get; set; }

        public int Count => _messages.Count;

        public int Devices => _devices.Count;

        public void OnMessage(in ReceivedMessage message)
        {
            var topic = Encoding.UTF8.GetString(message.Topic);
            _devices.TryAdd(topic, true);
            _messages.TryAdd(topic + Encoding.UTF8.GetString(message.Payload), true);
            Acknowledge?.Invoke(message.Ticket);
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => default;

        public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
