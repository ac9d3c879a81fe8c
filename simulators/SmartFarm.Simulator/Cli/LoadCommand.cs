using System.CommandLine;
using System.Text.Json;
using SmartFarm.Simulator.Load;
using Spectre.Console;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim load</c>: many devices at an exact rate.</summary>
internal static class LoadCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var devices = new Option<int>("--devices") { Description = "Devices.", DefaultValueFactory = _ => 1000 };
        var rate = new Option<double>("--rate") { Description = "Messages per second of all devices together.", DefaultValueFactory = _ => 1000 };
        var duration = new Option<string>("--for") { Description = "How long, such as 60s.", DefaultValueFactory = _ => "60s" };
        var connections = new Option<int?>("--connections")
        {
            Description = $"Connections that the devices share; without it one for each device, and {LoadOptions.UsualConnections} at most.",
        };
        var site = new Option<string>("--site") { Description = "Site of the devices dev00000, dev00001 and so on.", DefaultValueFactory = _ => "load" };
        var farm = new Option<string?>("--write-farm") { Description = "Write a farm.yaml with these devices into this folder, for a worker that shall take them, and end." };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON and nothing else." };
        var command = new Command("load", "Send telemetry of many devices at an exact rate, and measure what comes of it.") { devices, rate, duration, connections, site, farm, json };
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new LoadOptions
            {
                Devices = parsed.GetValue(devices),
                Rate = parsed.GetValue(rate),
                Duration = Parsing.Duration("--for", parsed.GetValue(duration)!),
                Connections = parsed.GetValue(connections) ?? Math.Clamp(parsed.GetValue(devices), 1, LoadOptions.UsualConnections),
                Root = connection.Root(parsed),
                Site = parsed.GetValue(site)!,
            }.Checked();
            if (parsed.GetValue(farm) is { } folder)
            {
                System.Console.WriteLine($"Written: {LoadFarm.Write(folder, options)}");
                return ExitCodes.Fine;
            }

            var run = new LoadRun(options, connection.Session(parsed, $"sim-load-{Environment.ProcessId}"), TimeProvider.System);
            return parsed.GetValue(json) ? Print(await run.RunAsync(progress: null, cancellationToken)) : Report(await ShownAsync(run, options, cancellationToken));
        });
        return command;
    }

    private static Task<LoadSummary> ShownAsync(LoadRun run, LoadOptions options, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context => await run.RunAsync(new Bar(context.AddTask($"connecting {options.Connections}")), cancellationToken));

    private static int Print(LoadSummary summary)
    {
        System.Console.WriteLine(JsonSerializer.Serialize(summary, Json));
        return summary.IsWhole ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static int Report(LoadSummary summary)
    {
        System.Console.WriteLine(
            $"{summary.Messages:#,##0} messages of {summary.Devices:#,##0} devices over {summary.Connections:#,##0} connections in {summary.Seconds:0.0} s: "
            + $"{summary.SentPerSecond:#,##0}/s of {summary.AskedPerSecond:#,##0}/s asked for.");
        System.Console.WriteLine(
            $"{summary.Acknowledged:#,##0} acknowledged, {summary.Refused:#,##0} refused, {summary.Unacknowledged:#,##0} without an answer, {summary.NotSent:#,##0} not sent; "
            + $"{summary.BrokenConnections:#,##0} connections broke.");
        System.Console.WriteLine($"From due to acknowledged: {Times(summary.Latency)}.");
        System.Console.WriteLine($"From due to sent: {Times(summary.Lateness)}.");
        System.Console.WriteLine($"This process: {summary.CpuMicrosecondsPerMessage:0.00} µs of CPU and {summary.BytesAllocatedPerMessage:0.0} bytes allocated per message.");
        if (summary.Trouble is { } trouble)
        {
            System.Console.WriteLine("Last trouble: " + trouble);
        }

        return summary.IsWhole ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static string Times(LoadTimes times) =>
        $"half within {times.P50Ms:0.0} ms, 99 % within {times.P99Ms:0.0} ms, 99.9 % within {times.P999Ms:0.0} ms, all within {times.MostMs:0.0} ms";

    /// <summary>Shows progress where it happens.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<LoadProgress>
    {
        private LoadProgress _last;

        public void Report(LoadProgress value)
        {
            var seconds = (value.Elapsed - _last.Elapsed).TotalSeconds;
            var rate = seconds > 0 ? (value.Acknowledged - _last.Acknowledged) / seconds : 0;
            task.Value(100.0 * value.Acknowledged / value.Of);
            task.Description($"{rate,9:#,##0}/s acknowledged, 99 % within {value.P99.TotalMilliseconds:0.0} ms, {value.Behind:#,##0} behind");
            _last = value;
        }
    }
}
