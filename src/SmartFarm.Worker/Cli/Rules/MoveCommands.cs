using System.CommandLine;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules promote|rollback</c>: which rule set is in charge.</summary>
internal static class MoveCommands
{
    public static Command Promote()
    {
        var version = new Argument<int>("version") { Description = "Number of the rule set; 'rules versions' lists them." };
        var command = new Command("promote", "Put a rule set in charge; rules that did not change go on where they were.") { version };
        var words = new MoveOptions(command);
        command.SetAction((parsed, cancellationToken) => words.RunAsync(parsed, $"promote?version={parsed.GetValue(version)}&", cancellationToken));
        return command;
    }

    public static Command RollBack()
    {
        var command = new Command("rollback", "Put the rule set in charge again that was before the newest promotion.");
        var words = new MoveOptions(command);
        command.SetAction((parsed, cancellationToken) => words.RunAsync(parsed, "rollback?", cancellationToken));
        return command;
    }
}

/// <summary>Who does something with a rule set, and why.</summary>
internal sealed class MoveOptions
{
    private readonly CommonOptions _common = new();
    private readonly Option<string> _by = new("--by") { Description = "Who does it.", DefaultValueFactory = _ => Environment.UserName };
    private readonly Option<string> _reason = new("--reason") { Description = "Why, in a sentence.", DefaultValueFactory = _ => "" };

    public MoveOptions(Command command)
    {
        foreach (var option in new Option[] { _by, _reason, _common.HttpPort })
        {
            command.Options.Add(option);
        }
    }

    public RunningWorker Worker(ParseResult parsed) => new(_common.Settings(parsed).Http);

    /// <summary>Does it, and shows what is at work then.</summary>
    public async Task<int> RunAsync(ParseResult parsed, string act, CancellationToken cancellationToken)
    {
        using var worker = Worker(parsed);
        var who = $"by={Uri.EscapeDataString(parsed.GetValue(_by)!)}&reason={Uri.EscapeDataString(parsed.GetValue(_reason)!)}";
        VersionsCommand.Print(await worker.PostAsync($"api/rules/{act}{who}", cancellationToken));
        return ExitCodes.Fine;
    }
}
