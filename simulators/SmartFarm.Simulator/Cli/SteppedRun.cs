using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Simulator.Cli;

/// <summary>Runs in locked step from the command line.</summary>
internal sealed class SteppedRun(MqttSessionOptions broker, string root, double speed, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _run = $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}";
    private readonly ILoggerFactory _loggers = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));

    /// <summary>Plays a scenario, and says what became of each expectation.</summary>
    public async Task<int> PlayAsync(Scenario scenario, Uri worker, CancellationToken cancellationToken)
    {
        System.Console.WriteLine($"{scenario.Title}{Environment.NewLine}{Environment.NewLine}{scenario.Story.Trim()}{Environment.NewLine}");
        System.Console.WriteLine($"{scenario.Duration} from {scenario.Start:yyyy-MM-dd HH:mm zzz} on. Start the worker with --farm {scenario.FarmFolder} and SmartFarm__Clock__Follow=true.");
        await using var run = new ScenarioRun(scenario, broker, root, worker, _run, servers: null, time, _loggers);
        var verdicts = await run.RunAsync(new Pacer(speed, time), cancellationToken);
        foreach (var verdict in verdicts)
        {
            System.Console.WriteLine(verdict.Otherwise is null ? $"as expected    {verdict.Says}" : $"OTHERWISE      {verdict.Says} But {verdict.Otherwise}.");
        }

        return verdicts.All(v => v.Otherwise is null) ? ExitCodes.Fine : ExitCodes.Findings;
    }

    /// <summary>Leads a farm and a worker through time until Ctrl+C, or as long as wanted.</summary>
    public async Task<int> FarmAsync(Farm farm, SimulationOptions options, DateTimeOffset start, TimeSpan step, TimeSpan until, CancellationToken cancellationToken)
    {
        var clock = new SteppedTime(start);
        await using var simulated = new SimulatedFarm(farm, broker, options, clock, _loggers, time);
        await using var master = new ClockMaster(broker, root, _run, Patience, time, _loggers);
        var run = new LockStepRun(simulated, clock, master);
        var pacer = new Pacer(speed, time);
        System.Console.WriteLine($"Simulating {farm.Id} in locked step from {start:yyyy-MM-dd HH:mm zzz} on, with the worker that follows on {broker.Host}:{broker.Port}. Ctrl+C ends.");
        var began = time.GetTimestamp();
        try
        {
            await run.StartAsync(cancellationToken);
            while (until == Timeout.InfiniteTimeSpan || clock.GetUtcNow() < start + until)
            {
                await run.StepAsync(step, cancellationToken);
                await pacer.StepAsync(step, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is the usual end.
        }

        await run.StopAsync(CancellationToken.None);
        var (passed, took, counts) = (clock.GetUtcNow() - start, time.GetElapsedTime(began), simulated.Counts);
        System.Console.WriteLine(
            $"{passed} in {run.Steps} steps took {took.TotalSeconds:0.0} s, {passed / took:0} times real time. {counts.Acknowledged} messages acknowledged, {counts.Lost} lost, {counts.Commands} commands received.");
        return counts.Lost + counts.BadCommands > 0 ? ExitCodes.Findings : ExitCodes.Fine;
    }
}
