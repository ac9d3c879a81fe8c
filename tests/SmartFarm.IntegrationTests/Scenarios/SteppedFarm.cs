using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.IntegrationTests.Broker;
using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Simulator;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Settings;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>A farm, its worker and a broker in this process, led through time in locked step. Everything goes over MQTT.</summary>
internal sealed class SteppedFarm : IAsyncDisposable
{
    private readonly TempFolder _data = new();
    private readonly LoopbackBroker _broker;
    private readonly SqliteFolder _folder;
    private readonly WebApplication _worker;

    private SteppedFarm(LoopbackBroker broker, Farm farm, SmartFarm.Rules.RuleBook rules, DateTimeOffset start)
    {
        _broker = broker;
        var settings = new SmartFarmSettings { Clock = { Follow = true } };
        (settings.Mqtt.Port, settings.Http.Port, settings.Data.Directory) = (broker.Port, Ports.Free(), _data.Path);
        var time = new SteppedTime(start);
        _folder = SqliteFolder.Open(_data.Path, new SqliteOptions(), time, NullLoggerFactory.Instance);
        var first = new ClockWord("test", 0, start);
        _worker = WorkerHost.BuildStepped(settings, farm, rules, _folder, time, first, TimeProvider.System);
        var connection = new MqttSessionOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = "sim" };
        Clock = new SteppedTime(start);
        Field = new SimulatedFarm(farm, connection, new SimulationOptions { IsStepped = true }, Clock, NullLoggerFactory.Instance, TimeProvider.System);
        Master = new ClockMaster(connection, "farm", first.Run, TimeSpan.FromSeconds(30), TimeProvider.System, NullLoggerFactory.Instance);
        Run = new LockStepRun(Field, Clock, Master);
    }

    public SteppedTime Clock { get; }

    public SimulatedFarm Field { get; }

    public ClockMaster Master { get; }

    public LockStepRun Run { get; }

    public IServiceProvider Worker => _worker.Services;

    public static async Task<SteppedFarm> StartAsync(string folder, DateTimeOffset start)
    {
        var (farm, rules) = FarmFolder.Require(folder);
        var stepped = new SteppedFarm(await LoopbackBroker.StartAsync(), farm, rules, start);
        await stepped._worker.StartAsync();
        await stepped.Run.StartAsync(default);
        return stepped;
    }

    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            await Run.StepAsync(step, default);
        }
    }

    /// <summary>All commands, oldest first.</summary>
    public async Task<IReadOnlyList<CommandRecord>> CommandsAsync() => [.. (await Worker.GetRequiredService<ICommandLedger>().RecentAsync(10_000, default)).Reverse()];

    /// <summary>The books, when everything taken in is durable.</summary>
    public async Task<LedgerBooks> LedgerAsync()
    {
        await StoreMark.Set(Worker.GetRequiredService<StoreRunner>()).Reached;
        return await LedgerBooks.ReadAsync(Worker.GetRequiredService<ILedger>(), Worker.GetRequiredService<IOpenReadings>(), default);
    }

    public async ValueTask DisposeAsync()
    {
        await Run.StopAsync(default);
        await Field.DisposeAsync();
        await Master.DisposeAsync();
        await _worker.StopAsync();
        await _worker.DisposeAsync();
        await _folder.DisposeAsync();
        await _broker.DisposeAsync();
        _data.Dispose();
    }
}
