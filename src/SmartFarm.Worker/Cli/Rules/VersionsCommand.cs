using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules versions</c>: every published rule set, and what was done with it.</summary>
internal static class VersionsCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var limit = new Option<int>("--limit") { Description = "How many of the newest, 1 to 500.", DefaultValueFactory = _ => 20 };
        var command = new Command("versions", "The published rule sets, which is in charge, and what was done with them.");
        command.Options.Add(limit);
        command.Options.Add(options.HttpPort);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(options.Settings(parsed).Http);
            var answer = await worker.GetAsync($"api/rules?limit={parsed.GetValue(limit)}", cancellationToken);
            Print(answer);
            return answer["trouble"] is null ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    /// <summary>Writes the answer of <c>/api/rules</c>.</summary>
    public static void Print(JsonNode answer)
    {
        foreach (var set in answer["versions"]!.AsArray())
        {
            var version = set!["version"]!.GetValue<int>();
            System.Console.WriteLine($"{version,5}  {RoleOf(answer, version),-18}  {set["published"]}  {set["fingerprint"]}  {set["author"]}: {set["note"]}");
        }

        System.Console.WriteLine();
        foreach (var move in answer["moves"]!.AsArray())
        {
            System.Console.WriteLine($"{move!["time"]}  {move["act"],-12} {move["version"],4}  by {move["by"]}{(move["reason"]!.ToString() is { Length: > 0 } reason ? $": {reason}" : "")}");
        }

        if (answer["trouble"] is { } trouble)
        {
            System.Console.WriteLine();
            System.Console.WriteLine(trouble);
        }
    }

    private static string RoleOf(JsonNode answer, int version) =>
        Is(answer, "production", version) ? "in charge" : Is(answer, "shadow", version) ? "in shadow" : Is(answer, "before", version) ? "before (roll-back)" : "";

    private static bool Is(JsonNode answer, string role, int version) => answer[role]?.GetValue<int>() == version;
}
