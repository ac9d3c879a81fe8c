using System.CommandLine;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Simulator.Cli;

/// <summary>Options of a run in locked step with a worker.</summary>
internal sealed class SteppedOptions
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(60);

    private readonly Option<bool> _lockStep = new("--lock-step") { Description = "Tell a worker the time, step by step (SmartFarm__Clock__Follow=true at the worker)." };
    private readonly Option<string?> _start = new("--start") { Description = "In locked step: when it begins, such as 2026-07-15T06:00+05:00 (default: now)." };
    private readonly Option<string> _step = new("--step") { Description = "In locked step: how far time goes at once, 60 s at most.", DefaultValueFactory = _ => "10 s" };
    private readonly Option<string?> _scenario = new("--scenario") { Description = "Play this scenario in locked step: a name in the library, or a file." };
    private readonly Option<string> _library = new("--scenarios") { Description = "Folder of the library.", DefaultValueFactory = _ => Path.Combine("simulators", "scenarios") };
    private readonly Option<string> _worker = new("--worker") { Description = "Address of the worker, which is asked what it did in a scenario.", DefaultValueFactory = _ => "http://127.0.0.1:8080/" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _lockStep, _start, _step, _scenario, _library, _worker })
        {
            command.Options.Add(option);
        }
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_lockStep);

    public Scenario? Scenario(ParseResult parsed) => parsed.GetValue(_scenario) is { } name ? ScenarioLoader.Load(parsed.GetValue(_library)!, name) : null;

    public Uri Worker(ParseResult parsed) => Uri.TryCreate(parsed.GetValue(_worker), UriKind.Absolute, out var worker) && worker.Scheme is "http" or "https"
        ? worker
        : throw new SimulatorException($"--worker is '{parsed.GetValue(_worker)}'; give an address such as http://127.0.0.1:8080/.");

    public DateTimeOffset Start(ParseResult parsed, TimeProvider time) =>
        parsed.GetValue(_start) is { } text ? Parsing.Moment("--start", text, TimeZoneInfo.Utc) : time.GetUtcNow();

    public TimeSpan Step(ParseResult parsed)
    {
        var step = Parsing.Duration("--step", parsed.GetValue(_step)!);
        return step > TimeSpan.Zero && step <= LongestStep ? step : throw new SimulatorException($"--step is '{parsed.GetValue(_step)}'; it must be above 0 and {LongestStep.TotalSeconds} s at most.");
    }
}
