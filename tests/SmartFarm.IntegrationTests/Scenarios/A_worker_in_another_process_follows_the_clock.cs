using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Cli;
using Xunit;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>The worker as its user starts it, told to follow the clock of a simulation over mosquitto.</summary>
public sealed class A_worker_in_another_process_follows_the_clock : IAsyncLifetime
{
    private static readonly DateTimeOffset Dawn = new(2026, 7, 15, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    // Without it mosquitto waits for the delayed ACK of the packet before, 40 ms, twice in each step.
    private readonly Mosquitto _broker = new("allow_anonymous true\nset_tcp_nodelay true");
    private WorkerProcess _worker = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, "mosquitto is not installed.");
        await _broker.StartAsync();
        _worker = new WorkerProcess(TestFarm.Write(_folder), ("SmartFarm__Mqtt__Port", $"{_broker.Port}"), ("SmartFarm__Clock__Follow", "true"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Hours_pass_in_seconds_also_over_its_death_and_its_commands_bear_the_time_of_the_simulation()
    {
        _worker.Launch();
        var clock = new SteppedTime(Dawn);
        var connection = new MqttSessionOptions { Host = "127.0.0.1", Port = _broker.Port, ClientId = "sim" };
        await using var field = new SimulatedFarm(FarmFolder.Require(_folder.Path).Farm, connection, new SimulationOptions { IsStepped = true }, clock, NullLoggerFactory.Instance, TimeProvider.System);
        await using var master = new ClockMaster(connection, "farm", "one", TimeSpan.FromSeconds(60), TimeProvider.System, NullLoggerFactory.Instance);
        var run = new LockStepRun(field, clock, master);

        await run.StartAsync(default);
        await PassAsync(run, clock, Dawn.AddHours(1));
        await _worker.KillAsync();
        _worker.Launch();
        await PassAsync(run, clock, Dawn.AddHours(3));

        var commands = JsonNode.Parse(await _worker.GetAsync("api/commands?limit=500"))!["commands"]!.AsArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, c => Assert.InRange((DateTimeOffset)c!["issued"]!, Dawn, Dawn.AddHours(3)));
        Assert.Contains(commands, c => (string?)c!["stage"] == "succeeded" && (double?)c["target"] == 60 && (long)c["latency_ms"]! is > 0 and < 60_000);
        var ledger = await Eventually.Is(async () => JsonNode.Parse(await _worker.GetAsync("api/ledger"))!, a => (long)a["total"]!["in_flight"]! == 0);
        Assert.True((bool)ledger["balanced"]!);
        var climate = ledger["accounts"]!.AsArray().Single(a => (string?)a!["account"] == "t1/climate-1")!;
        Assert.Equal(3 * 360 * 5, (long)climate["stored"]!);
        await run.StopAsync(default);
    }

    [Fact]
    public async Task Without_anyone_who_answers_the_simulation_says_what_to_start()
    {
        var connection = new MqttSessionOptions { Host = "127.0.0.1", Port = _broker.Port, ClientId = "sim" };
        await using var master = new ClockMaster(connection, "farm", "one", TimeSpan.FromMilliseconds(300), TimeProvider.System, NullLoggerFactory.Instance);
        await master.StartAsync(default);

        var fault = await Assert.ThrowsAsync<SimulatorException>(() => master.TellAsync(Dawn, default));

        Assert.Contains("SmartFarm__Clock__Follow=true", fault.Message);
    }

    private static async Task PassAsync(LockStepRun run, SteppedTime clock, DateTimeOffset end)
    {
        while (clock.GetUtcNow() < end)
        {
            await run.StepAsync(TimeSpan.FromSeconds(10), default);
        }
    }
}
