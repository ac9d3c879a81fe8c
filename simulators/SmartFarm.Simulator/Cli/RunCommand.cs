using System.CommandLine;
using Microsoft.Extensions.Logging;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim run</c>: a whole farm over MQTT, by the wall clock or in locked step with a worker; or a scenario.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var farm = new Option<string>("--farm") { Description = "Folder with farm.yaml.", DefaultValueFactory = _ => "farm" };
        var speed = new Option<string?>("--speed") { Description = "Seconds of weather and climate per second (default: 1; in locked step also max, which is its default)." };
        var season = new Option<string>("--season") { Description = "now, summer or winter.", DefaultValueFactory = _ => "now" };
        var seed = new Option<long>("--seed") { Description = "Same seed, same weather and noise.", DefaultValueFactory = _ => 1 };
        var weather = new Option<string?>("--weather") { Description = "Typical year of a place, an EnergyPlus weather file (EPW, or the CSV made of one); without it the weather is made." };
        var ksx = new Option<bool>("--ksx3267") { Description = "Controllers also speak KS X 3267: registers on .../ksx3267." };
        var faults = new Option<string[]>("--fault") { Description = "What goes wrong, such as 'stuck device=climate-1 from=30s for=10min'; may be given again. See 'faults'." };
        var limit = new Option<string?>("--for") { Description = "End after this time, such as 60s; without it, at Ctrl+C." };
        var stepped = new SteppedOptions();
        var command = new Command("run", "Simulate the devices, controllers and greenhouses of a farm, or play a scenario to a worker.") { farm, speed, season, seed, weather, ksx, faults, limit };
        connection.AddTo(command);
        stepped.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var time = TimeProvider.System;
            var broker = connection.Session(parsed, "sim");
            var until = parsed.GetValue(limit) is { } text ? Parsing.Duration("--for", text) : Timeout.InfiniteTimeSpan;
            var run = new SteppedRun(broker, connection.Root(parsed), Parsing.Speed(parsed.GetValue(speed) ?? "max", allowMax: true), time);
            if (stepped.Scenario(parsed) is { } scenario)
            {
                return await run.PlayAsync(scenario, stepped.Worker(parsed), cancellationToken);
            }

            var described = Load(parsed.GetValue(farm)!);
            var start = stepped.Start(parsed, time);
            var options = new SimulationOptions
            {
                Seed = parsed.GetValue(seed),
                Speed = stepped.IsAsked(parsed) ? 1 : Parsing.Speed(parsed.GetValue(speed) ?? "1", allowMax: false),
                WorldOffset = Parsing.Season(parsed.GetValue(season)!, time.GetUtcNow()),
                Recorded = parsed.GetValue(weather) is { } file ? RecordedWeather.Year(file) : null,
                Root = connection.Root(parsed),
                KsX3267 = parsed.GetValue(ksx),
                Faults = [.. (parsed.GetValue(faults) ?? []).Select(text => FaultText.Parse(text, described, stepped.IsAsked(parsed) ? start : time.GetUtcNow()))],
            };
            return stepped.IsAsked(parsed)
                ? await run.FarmAsync(described, options with { IsStepped = true, WorldOffset = TimeSpan.Zero }, start, stepped.Step(parsed), until, cancellationToken)
                : await RunAsync(described, broker, options, until, time, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Farm farm, Mqtt.MqttSessionOptions broker, SimulationOptions options, TimeSpan until, TimeProvider time, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        await using var simulated = new SimulatedFarm(farm, broker, options, time, loggers);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = simulated.RunAsync(end.Token);
        try
        {
            await ConnectionOptions.WaitForBrokerAsync(broker, simulated.WhenReadyAsync, () => simulated.Trouble, time, cancellationToken);
            System.Console.WriteLine($"Simulating {farm.Id}: {simulated.Counts.Nodes} nodes on {broker.Host}:{broker.Port}. Ctrl+C ends.");
            await Task.Delay(until, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is the usual end.
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }

        var counts = simulated.Counts;
        System.Console.WriteLine($"{counts.Acknowledged} messages acknowledged, {counts.Lost} lost, {counts.Swallowed} swallowed by faults, {counts.Commands} commands received.");
        return counts.Lost + counts.BadCommands > 0 ? ExitCodes.Findings : ExitCodes.Fine;
    }

    internal static Farm Load(string folder)
    {
        var result = FarmLoader.Load(folder);
        return result.IsValid ? result.Farm : throw new SimulatorException(string.Join(Environment.NewLine, result.Errors));
    }
}
