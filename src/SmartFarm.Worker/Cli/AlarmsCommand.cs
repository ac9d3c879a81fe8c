using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm alarms list|ack</c>: the alarms of the running worker.</summary>
internal static class AlarmsCommand
{
    public static Command Create() => new("alarms", "Look at the alarms, and say that you know of one.")
    {
        List(),
        Acknowledge(),
    };

    private static Command List()
    {
        var command = new Command("list", "Alarms that hold, and those that went before anybody said that he knew. The exit code is 1 while one is not acknowledged.");
        var options = new CommonOptions();
        command.Options.Add(options.HttpPort);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(options.Settings(parsed).Http);
            var alarms = (await worker.GetAsync("api/alarms", cancellationToken))["alarms"]!.AsArray();
            foreach (var alarm in alarms)
            {
                Show(alarm!);
            }

            System.Console.WriteLine(alarms.Count == 0 ? "No alarms." : $"{alarms.Count} alarm(s).");
            return alarms.All(a => $"{a!["state"]}" == "acknowledged") ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    private static Command Acknowledge()
    {
        var id = new Argument<string>("id") { Description = "Name of the alarm, as 'smartfarm alarms list' shows it." };
        var note = new Option<string?>("--note") { Description = "What you do about it." };
        var command = new Command("ack", "Say that you know of an alarm; it goes when its cause does.") { id };
        var person = new PersonOptions(command);
        command.Options.Add(note);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(person.Http(parsed));
            var said = new JsonObject { ["by"] = person.By(parsed), ["note"] = parsed.GetValue(note) };
            Show(await worker.PostAsync($"api/alarms/{Uri.EscapeDataString(parsed.GetValue(id)!)}/ack", said, cancellationToken));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Show(JsonNode alarm)
    {
        var by = alarm["acknowledged_by"] is { } who ? $"  ({who}{(alarm["note"]!.ToString() is { Length: > 0 } note ? $": {note}" : "")})" : "";
        System.Console.WriteLine($"{alarm["severity"],-8}  {alarm["state"],-12}  since {alarm["since"]}  {alarm["id"]}{by}");
        System.Console.WriteLine($"          {alarm["text"]}");
    }
}
