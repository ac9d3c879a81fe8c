using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Replay;
using Spectre.Console;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim replay</c>: a recorded table over MQTT.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var file = new Argument<string>("file") { Description = "The recording, a CSV file." };
        var map = new Option<string>("--map") { Description = "YAML file that says which column is what.", Required = true };
        var speed = new Option<string>("--speed") { Description = "Seconds of the recording per second, or max.", DefaultValueFactory = _ => "1" };
        var from = new Option<string?>("--from") { Description = "Leave out rows before this moment." };
        var to = new Option<string?>("--to") { Description = "Leave out rows from this moment on." };
        var shift = new Option<bool>("--shift-to-now") { Description = "Move the times so that the last row is of the moment it is sent." };
        var site = new Option<string?>("--site") { Description = "Site to use instead of the map's." };
        var device = new Option<string?>("--device") { Description = "Device to use instead of the map's." };
        var command = new Command("replay", "Publish recorded data with its recorded times.") { file, map, speed, from, to, shift, site, device };
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var columns = ColumnMapReader.Load(parsed.GetValue(map)!, parsed.GetValue(site), parsed.GetValue(device));
            var options = new ReplayOptions
            {
                Speed = Parsing.Speed(parsed.GetValue(speed)!, allowMax: true),
                From = parsed.GetValue(from) is { } first ? Parsing.Moment("--from", first, columns.Time.Zone) : DateTimeOffset.MinValue,
                To = parsed.GetValue(to) is { } last ? Parsing.Moment("--to", last, columns.Time.Zone) : DateTimeOffset.MaxValue,
                ShiftToNow = parsed.GetValue(shift),
                Root = connection.Root(parsed),
            };
            return RunAsync(parsed.GetValue(file)!, columns, options, connection.Session(parsed, $"sim-replay-{columns.Site}-{Environment.ProcessId}"), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string file, ColumnMap map, ReplayOptions options, MqttSessionOptions broker, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        await using var session = new MqttSession(broker, receiver: null, time, NullLogger<MqttSession>.Instance);
        var replayer = new Replayer(file, map, options, session.PublishAsync, time);
        replayer.Survey();
        session.Start();
        await ConnectionOptions.WaitForBrokerAsync(broker, session.WhenReadyAsync, () => session.Status.Reason, time, cancellationToken);
        try
        {
            var summary = await AnsiConsole.Progress().StartAsync(async context =>
            {
                var task = context.AddTask(Path.GetFileName(file));
                return await replayer.RunAsync(new Bar(task), cancellationToken);
            });
            return Report(summary);
        }
        catch (OperationCanceledException)
        {
            System.Console.Error.WriteLine("Stopped before the end of the recording; what was sent stays sent.");
            return ExitCodes.Findings;
        }
    }

    private static int Report(ReplaySummary summary)
    {
        System.Console.WriteLine(
            $"{summary.Rows} rows, {summary.Messages} messages with {summary.Readings} readings published, {summary.Acknowledged} acknowledged, {summary.Refused} refused.");
        System.Console.WriteLine($"Not sent: {summary.EmptyCells} empty cells, {summary.BadCells} cells without a number, {summary.BadRows} rows without a time.");
        foreach (var warning in summary.Warnings)
        {
            System.Console.WriteLine("Warning: " + warning);
        }

        return summary.Warnings.Count > 0 ? ExitCodes.Findings : ExitCodes.Fine;
    }

    /// <summary>Shows progress where it happens: unlike Progress&lt;T&gt;, never after the end.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value) => task.Value(100.0 * value.Rows / value.Of);
    }
}
