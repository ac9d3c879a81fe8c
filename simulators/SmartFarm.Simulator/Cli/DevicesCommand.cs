using System.CommandLine;
using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Wiretap;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim devices</c>: one node or a few, by hand, with every byte that is exchanged.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var folder = new Option<string?>("--farm") { Description = "Folder with farm.yaml; without it, one device climate-1 and one controller ctrl-1 of a site 'hand'." };
        var nodes = new Option<string[]>("--node") { Description = "A device or controller of the farm; may be given again." };
        var every = new Option<string>("--every") { Description = "Interval of the device when there is no farm.", DefaultValueFactory = _ => "10s" };
        var ksx = new Option<bool>("--ksx3267") { Description = "Controllers also speak KS X 3267: registers on .../ksx3267." };
        var faults = new Option<string[]>("--fault") { Description = "What goes wrong, such as 'stuck device=climate-1 from=30s for=10min'; may be given again. See 'faults'." };
        var limit = new Option<string?>("--for") { Description = "End after this time, such as 60s; without it, at 'quit', the end of the input or Ctrl+C." };
        var command = new Command("devices", "Run one node or a few by hand and show every byte exchanged with the broker.") { folder, nodes, every, ksx, faults, limit };
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var time = TimeProvider.System;
            var farm = Choose(parsed.GetValue(folder), parsed.GetValue(nodes) ?? [], Parsing.Duration("--every", parsed.GetValue(every)!));
            var options = new SimulationOptions
            {
                Root = connection.Root(parsed),
                KsX3267 = parsed.GetValue(ksx),
                Faults = [.. (parsed.GetValue(faults) ?? []).Select(text => FaultText.Parse(text, farm, time.GetUtcNow()))],
            };
            var until = parsed.GetValue(limit) is { } text ? Parsing.Duration("--for", text) : Timeout.InfiniteTimeSpan;
            return RunAsync(farm, connection.Session(parsed, "hand"), options, until, time, cancellationToken);
        });
        return command;
    }

    private static Farm Choose(string? folder, string[] nodes, TimeSpan every) =>
        folder is null && nodes.Length == 0 ? SmallFarm.MadeUp(every)
        : nodes.Length == 0 ? RunCommand.Load(folder!)
        : SmallFarm.Only(folder is null ? SmallFarm.MadeUp(every) : RunCommand.Load(folder), nodes);

    private static async Task<int> RunAsync(
        Farm farm, MqttSessionOptions broker, SimulationOptions options, TimeSpan until, TimeProvider time, CancellationToken cancellationToken)
    {
        var output = TextWriter.Synchronized(System.Console.Out);
        using var loggers = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        await using var tap = new Tap(broker.Host, broker.Port, output.WriteLine, time);
        await using var simulated = new SimulatedFarm(farm, broker with { Host = "127.0.0.1", Port = tap.Port }, options, time, loggers);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = simulated.RunAsync(end.Token);
        try
        {
            await ConnectionOptions.WaitForBrokerAsync(broker, simulated.WhenReadyAsync, () => simulated.Trouble, time, cancellationToken);
            await Task.WhenAny(Task.Delay(until, time, cancellationToken), Task.Run(() => ObeyAsync(farm, simulated, until, time, cancellationToken), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is one of the usual ends.
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

    /// <summary>Carries out what is typed. The end of the input is the end, unless a time was given.</summary>
    private static async Task ObeyAsync(Farm farm, SimulatedFarm simulated, TimeSpan until, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await System.Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim() is "quit" or "exit")
            {
                return;
            }

            if (line.Trim().Length > 0 && HandLine.Run(line, farm, simulated) is { } fault)
            {
                await System.Console.Error.WriteLineAsync(fault);
            }
        }

        await (until == Timeout.InfiniteTimeSpan ? Task.CompletedTask : Task.Delay(until, time, cancellationToken));
    }
}
