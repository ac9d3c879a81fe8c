using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm quarantine list|show|replay</c>: the refused messages of the running worker.</summary>
internal static class QuarantineCommand
{
    public static Command Create() => new("quarantine", "Look at the refused messages, and replay them when the cause is mended.")
    {
        List(),
        Show(),
        Replay(),
    };

    private static Command List()
    {
        var command = new Command("list", "The newest refused messages, one a line, and how many there are of each reason.");
        var filter = new QuarantineOptions(command);
        var limit = new Option<int>("--limit") { Description = "How many, 1 to 100.", DefaultValueFactory = _ => 20 };
        command.Options.Add(limit);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(filter.Http(parsed));
            var answer = await worker.GetAsync($"api/quarantine?limit={parsed.GetValue(limit)}{filter.Query(parsed)}", cancellationToken);
            foreach (var entry in answer["entries"]!.AsArray())
            {
                System.Console.WriteLine($"{entry!["id"],8}  {entry["time"]}  {entry["reason"],-16}  {entry["account"],-32}  {entry["detail"]}");
            }

            var byReason = answer["count_by_reason"]!.AsObject().Select(r => $"{r.Key} {r.Value}");
            System.Console.WriteLine($"{answer["count"]} in the quarantine{(answer["count"]!.GetValue<long>() == 0 ? "" : $": {string.Join(", ", byReason)}")}.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<long>("id") { Description = "Number of the entry." };
        var command = new Command("show", "One refused message, with topic and payload as they came.") { id };
        var options = new CommonOptions();
        command.Options.Add(options.HttpPort);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(options.Settings(parsed).Http);
            var answer = await worker.GetAsync($"api/quarantine?id={parsed.GetValue(id)}", cancellationToken);
            if (answer["entries"]!.AsArray() is not [{ } entry])
            {
                System.Console.WriteLine($"There is no entry {parsed.GetValue(id)}: it was replayed, or went because the quarantine was full.");
                return ExitCodes.Findings;
            }

            System.Console.WriteLine($"received  {entry["time"]}");
            System.Console.WriteLine($"account   {entry["account"]}");
            System.Console.WriteLine($"reason    {entry["reason"]}: {entry["detail"]}");
            System.Console.WriteLine($"topic     {Bytes(entry["topic"]!)}");
            System.Console.WriteLine($"payload   {Bytes(entry["payload"]!)}{(entry["truncated"]!.GetValue<bool>() ? $"   (the beginning of {entry["size"]} bytes)" : "")}");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Replay()
    {
        var command = new Command("replay", "Take refused messages again, oldest first; those that are understood now are stored and leave the quarantine.");
        var filter = new QuarantineOptions(command);
        var id = new Option<long?>("--id") { Description = "Only this entry." };
        command.Options.Add(id);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(filter.Http(parsed));
            var only = parsed.GetValue(id) is { } number ? $"&id={number}" : "";
            var answer = await worker.PostAsync($"api/quarantine/replay?{only}{filter.Query(parsed)}", cancellationToken);
            foreach (var entry in answer["named"]!.AsArray())
            {
                System.Console.WriteLine($"{entry!["id"],8}  stays: {entry["why"]}");
            }

            System.Console.WriteLine($"{answer["replayed"]} replayed, {answer["stay"]} stay.");
            return answer["stay"]!.GetValue<long>() == 0 ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    private static string Bytes(JsonNode bytes) => bytes["text"]?.ToString() ?? $"(base64) {bytes["base64"]}";
}
