using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules shadow</c>: a rule set beside the one in charge, that sees the same and moves nothing.</summary>
internal static class ShadowCommand
{
    public static Command Create()
    {
        var version = new Argument<int?>("version") { Description = "The rule set to run in shadow; without it: how the one in shadow differs.", Arity = ArgumentArity.ZeroOrOne };
        var end = new Option<bool>("--end") { Description = "End the shadow." };
        var command = new Command("shadow", "Run a rule set beside the one in charge, and show where it would do something else.") { version };
        command.Options.Add(end);
        var words = new MoveOptions(command);
        command.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(end) ? words.RunAsync(parsed, "unshadow?", cancellationToken)
            : parsed.GetValue(version) is { } number ? words.RunAsync(parsed, $"shadow?version={number}&", cancellationToken)
            : CompareAsync(words.Worker(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> CompareAsync(RunningWorker running, CancellationToken cancellationToken)
    {
        using var worker = running;
        var answer = await worker.GetAsync("api/rules/shadow", cancellationToken);
        if (answer["version"] is not { } version)
        {
            System.Console.WriteLine("No rule set runs in shadow. 'smartfarm rules shadow VERSION' begins one.");
            return ExitCodes.Findings;
        }

        System.Console.WriteLine($"Rule set {version} in shadow:");
        System.Console.WriteLine($"{"actuator",-36} {"in charge",10} {"in shadow",10} {"differs for",12}  changes of mind");
        foreach (var a in answer["actuators"]!.AsArray())
        {
            var differs = TimeSpan.FromSeconds(a!["differs_s"]!.GetValue<double>());
            System.Console.WriteLine(
                $"{$"{a["site"]}/{a["zone"]}/{a["actuator"]}",-36} {Number(a["production"]),10} {Number(a["shadow"]),10} {differs,12:d\\.hh\\:mm\\:ss}  {a["decisions"]} : {a["shadow_decisions"]}"
                + (a["differs"]!.GetValue<bool>() ? $"   {a["source"]}: {a["reason"]}" : ""));
        }

        return ExitCodes.Fine;
    }

    private static string Number(JsonNode? target) => target is null ? "-" : $"{target.GetValue<double>():0.##}";
}
