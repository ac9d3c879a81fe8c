using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Simulator;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Cli;
using Xunit;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>A farm, its worker and a broker in this process, led through time in locked step. Everything goes over MQTT.</summary>
internal sealed class SteppedFarm : IAsyncDisposable
{
    private readonly Stage _stage;
    private readonly SimulatedFarm _field;
    private readonly ClockMaster _master;

    private SteppedFarm(Stage stage, string folder, DateTimeOffset start)
    {
        _stage = stage;
        Clock = new SteppedTime(start);
        _field = new SimulatedFarm(FarmFolder.Require(folder).Farm, stage.Broker, new SimulationOptions { IsStepped = true }, Clock, NullLoggerFactory.Instance, TimeProvider.System);
        _master = new ClockMaster(stage.Broker, "farm", Stage.RunName, TimeSpan.FromSeconds(30), TimeProvider.System, NullLoggerFactory.Instance);
        Run = new LockStepRun(_field, Clock, _master);
    }

    public SteppedTime Clock { get; }

    public LockStepRun Run { get; }

    public static async Task<SteppedFarm> StartAsync(string folder, DateTimeOffset start)
    {
        var stage = new Stage(folder, start);
        await stage.StartAsync(Server.Broker, default);
        await stage.StartAsync(Server.Worker, default);
        var stepped = new SteppedFarm(stage, folder, start);
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
    public async Task<IReadOnlyList<CommandRecord>> CommandsAsync() => [.. (await _stage.Worker.GetRequiredService<ICommandLedger>().RecentAsync(10_000, default)).Reverse()];

    /// <summary>The rows of a measurement, in order of time, when everything that the worker said is stored.</summary>
    public async Task<IReadOnlyList<HistoryRow>> RowsAsync(string measurement, string zone, params string[] fields)
    {
        await StoreMark.Set(_stage.Worker.GetRequiredService<StoreRunner>()).Reached;
        var query = new RowQuery(measurement, fields, new Dictionary<string, string> { ["zone"] = zone }, 0, long.MaxValue, 10_000);
        return Assert.Single(await _stage.Worker.GetRequiredService<IHistory>().ReadRowsAsync(query, default)).Rows;
    }

    /// <summary>The books, when everything taken in is durable.</summary>
    public async Task<LedgerBooks> LedgerAsync()
    {
        await StoreMark.Set(_stage.Worker.GetRequiredService<StoreRunner>()).Reached;
        return await LedgerBooks.ReadAsync(_stage.Worker.GetRequiredService<ILedger>(), _stage.Worker.GetRequiredService<IOpenReadings>(), default);
    }

    public async ValueTask DisposeAsync()
    {
        await Run.StopAsync(default);
        await _field.DisposeAsync();
        await _master.DisposeAsync();
        await _stage.DisposeAsync();
    }
}
