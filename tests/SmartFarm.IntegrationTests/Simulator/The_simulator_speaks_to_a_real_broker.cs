using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Replay;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Simulator;

public sealed class The_simulator_speaks_to_a_real_broker
{
    private static readonly string Sample = Repository.PathOf("simulators", "samples", "agc2022-lettuce");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_week_arrives_whole_and_with_the_values_of_the_file()
    {
        await using var broker = await BrokerAsync();
        using var subscriber = Subscriber.To(broker.Port, "farm/bleiswijk/+/telemetry");
        await subscriber.ReadyAsync();
        await using var session = new MqttSession(Connection(broker, "replay"), receiver: null, TimeProvider.System, NullLogger<MqttSession>.Instance);
        session.Start();
        await session.WhenReadyAsync(Stop);
        var replayer = new Replayer(
            Path.Combine(Sample, "Reference_GreenhouseClimate.csv"),
            ColumnMapReader.Load(Path.Combine(Sample, "climate.map.yaml")),
            new ReplayOptions { Speed = double.PositiveInfinity },
            session.PublishAsync,
            TimeProvider.System);

        var summary = await replayer.RunAsync(progress: null, Stop);

        Assert.Equal((2016L, 4032L, 18_128L, 4032L, 16L), (summary.Rows, summary.Messages, summary.Readings, summary.Acknowledged, summary.EmptyCells));
        await subscriber.UntilAsync(lines => lines.Count >= 4032);
        Assert.Equal(4032, subscriber.Lines.Count);
        var messages = subscriber.Lines.Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => JsonDocument.Parse(parts[1]).RootElement);
        Assert.Equal(18_128, messages.SelectMany(m => m).Sum(json => json.EnumerateObject().Count() - 2));

        // 2/18/2022 13:54, in storm Eunice: line of the file, local time Europe/Amsterdam.
        var cells = File.ReadLines(Path.Combine(Sample, "Reference_GreenhouseClimate.csv")).Single(line => line.StartsWith("2/18/2022 13:54,", StringComparison.Ordinal)).Split(',');
        var climate = messages["farm/bleiswijk/climate-1/telemetry"].Single(json => json.GetProperty("ts").GetString() == "2022-02-18T12:54:00.000Z");
        Assert.Equal(double.Parse(cells[1]), climate.GetProperty("air_temperature").GetDouble());
        Assert.Equal(double.Parse(cells[3]), climate.GetProperty("co2").GetDouble());
    }

    [Fact]
    public async Task A_simulated_farm_reports_obeys_a_hand_written_command_and_says_goodbye()
    {
        await using var broker = await BrokerAsync();
        using var subscriber = Subscriber.To(broker.Port, "farm/test/#");
        await subscriber.ReadyAsync();
        await using var farm = new SimulatedFarm(
            Farm("200 ms", "travel: 2 s"), Connection(broker, "sim"), new SimulationOptions { Tick = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, NullLoggerFactory.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = farm.RunAsync(end.Token);
        await farm.WhenReadyAsync(Stop);
        await subscriber.UntilAsync(lines => lines.Contains("farm/test/climate/status online") && lines.Count(line => line.StartsWith("farm/test/climate/telemetry ", StringComparison.Ordinal)) >= 2);
        var id = Guid.CreateVersion7();

        await PublishAsync(broker.Port, "farm/test/ctrl/command", $$"""
            {"id":"{{id}}","actuator":"roof_vent","target":50,"unit":"%","seq":1,"issued":"{{DateTime.UtcNow:O}}","expires":"{{DateTime.UtcNow.AddSeconds(30):O}}","reason":"hand"}
            """);

        await subscriber.UntilAsync(_ => Replies(subscriber, id).Contains("succeeded"));
        Assert.Equal(["accepted", "running", "succeeded"], Replies(subscriber, id));
        await subscriber.UntilAsync(lines => lines.Any(line => line.StartsWith("farm/test/ctrl/state ", StringComparison.Ordinal) && line.Contains("\"roof_vent\":50")));

        await PublishAsync(broker.Port, "farm/test/backend/status", "offline");
        await subscriber.UntilAsync(lines => lines.Last(line => line.StartsWith("farm/test/ctrl/state ", StringComparison.Ordinal)).Contains("\"roof_vent\":0,"));

        await end.CancelAsync();
        await running;
        await subscriber.UntilAsync(lines => lines.Contains("farm/test/climate/status offline") && lines.Contains("farm/test/ctrl/status offline"));
        Assert.Equal((1L, 0L, 0L), (farm.Counts.Commands, farm.Counts.BadCommands, farm.Counts.Lost));
    }

    [Fact]
    public async Task While_the_broker_is_away_a_device_keeps_its_readings_and_sends_them_afterwards()
    {
        await using var broker = await BrokerAsync();
        await using var farm = new SimulatedFarm(
            Farm("100 ms", "travel: 2 s"), Connection(broker, "sim"), new SimulationOptions { Tick = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, NullLoggerFactory.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = farm.RunAsync(end.Token);
        await farm.WhenReadyAsync(Stop);
        await broker.KillAsync();
        await UntilAsync(() => farm.Counts.Connected == 0);
        var before = farm.Counts.Acknowledged;
        await broker.StartAsync();
        using var subscriber = Subscriber.To(broker.Port, "farm/test/climate/telemetry");
        await subscriber.ReadyAsync();

        await UntilAsync(() => farm.Counts.Acknowledged > before + 10);
        await end.CancelAsync();
        await running;

        var numbers = subscriber.Lines.Select(line => JsonDocument.Parse(line.Split(' ', 2)[1]).RootElement.GetProperty("seq").GetInt64()).Distinct().ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => numbers[0] + i), numbers);
        Assert.Equal(0, farm.Counts.Lost);
    }

    [Fact]
    public async Task A_full_outbox_loses_its_oldest_messages_and_counts_them()
    {
        await using var broker = await BrokerAsync();
        using var subscriber = Subscriber.To(broker.Port, "farm/test/#");
        await subscriber.ReadyAsync();
        await using var link = new NodeLink(Connection(broker, "node"), "farm/test/node/status", outbox: 4, receive: null, TimeProvider.System, NullLoggerFactory.Instance);
        for (var number = 1; number <= 6; number++)
        {
            link.Send(new MqttMessage("farm/test/node/telemetry", new[] { (byte)('0' + number) }));
        }

        link.Start();
        await subscriber.UntilAsync(lines => lines.Contains("farm/test/node/status online"));
        await link.StopAsync(Stop);

        // "online" takes a place too, when the sender has not taken the first message out by then.
        Assert.InRange(link.Lost, 2, 3);
        await subscriber.UntilAsync(lines => lines.Contains("farm/test/node/status offline"));
        string[] sent = ["1", "2", "3", "4", "5", "6", "online", "offline"];
        Assert.Equal(sent.Skip((int)link.Lost), subscriber.Lines.Select(line => line.Split(' ')[1]));
    }

    private static List<string?> Replies(Subscriber subscriber, Guid id) =>
        [.. subscriber.Lines.Where(line => line.StartsWith("farm/test/ctrl/command/reply ", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line.Split(' ', 2)[1]).RootElement)
            .Where(reply => reply.GetProperty("id").GetGuid() == id)
            .Select(reply => reply.GetProperty("status").GetString())];

    private static async Task<Mosquitto> BrokerAsync()
    {
        if (!Mosquitto.IsInstalled || Programs.Find("mosquitto_sub") is null)
        {
            Assert.Skip("mosquitto or its clients are not installed.");
        }

        var broker = new Mosquitto();
        await broker.StartAsync();
        return broker;
    }

    private static MqttSessionOptions Connection(Mosquitto broker, string clientId) =>
        new() { Host = "127.0.0.1", Port = broker.Port, ClientId = clientId, SessionExpiry = TimeSpan.Zero };

    private static Farm Farm(string interval, string travel) => FarmLoader.Parse($$"""
        farm: test
        sites:
          - id: test
            zones:
              - id: gh1
                devices: [ { id: climate, interval: {{interval}}, quantities: [air_temperature, relative_humidity] } ]
                controllers: [ { id: ctrl, actuators: [ { id: roof_vent, kind: position, {{travel}} }, { id: heater, kind: switch } ] } ]
        """).Farm!;

    private static async Task PublishAsync(int port, string topic, string message)
    {
        using var process = Process.Start(Programs.Find("mosquitto_pub")!, ["-p", port.ToString(), "-q", "1", "-t", topic, "-m", message.Trim()]);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    private static Task UntilAsync(Func<bool> condition) => Eventually.Is(() => Task.FromResult(condition()), isTrue => isTrue, seconds: 60);

    /// <summary>A running mosquitto_sub and the lines it printed.</summary>
    private sealed class Subscriber : IDisposable
    {
        private const string Probe = "probe/ready";
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly Process _process;
        private readonly int _port;

        private Subscriber(int port, string filter)
        {
            _port = port;
            _process = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto_sub")!, ["-p", port.ToString(), "-q", "1", "-t", filter, "-t", Probe, "-v"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            _process.OutputDataReceived += (_, e) =>
            {
                if (e.Data is not null)
                {
                    _lines.Enqueue(e.Data);
                }
            };
            _process.BeginOutputReadLine();
        }

        public IReadOnlyList<string> Lines => [.. _lines.Where(line => !line.StartsWith(Probe, StringComparison.Ordinal))];

        public static Subscriber To(int port, string filter) => new(port, filter);

        /// <summary>Knocks until it hears itself.</summary>
        public Task ReadyAsync() => Eventually.Is(
            async () =>
            {
                await PublishAsync(_port, Probe, "x");
                return !_lines.IsEmpty;
            },
            isHeard => isHeard);

        public Task UntilAsync(Func<IReadOnlyList<string>, bool> condition) => The_simulator_speaks_to_a_real_broker.UntilAsync(() => condition(Lines));

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
