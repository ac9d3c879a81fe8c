using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm stop</c> and <c>smartfarm resume</c>: emergency stop of the running worker.</summary>
internal static class StopCommand
{
    public static Command CreateStop()
    {
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("stop", "Emergency stop: everything goes to its emergency state, above all rules and interlocks, and stays there until 'smartfarm resume', also over restarts.");
        var (site, zone, person) = Place(command);
        command.Options.Add(reason);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(person.Http(parsed));
            var asked = new JsonObject { ["site"] = parsed.GetValue(site), ["zone"] = parsed.GetValue(zone), ["owner"] = person.By(parsed), ["reason"] = parsed.GetValue(reason) };
            return Show(await worker.PostAsync("api/stop", asked, cancellationToken));
        });
        return command;
    }

    public static Command CreateResume()
    {
        var command = new Command("resume", "End the emergency stop: the rules take over again.");
        var (site, zone, person) = Place(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(person.Http(parsed));
            var query = $"{PersonOptions.Pair("site", parsed.GetValue(site))}{PersonOptions.Pair("zone", parsed.GetValue(zone))}by={Uri.EscapeDataString(person.By(parsed))}";
            return Show(await worker.DeleteAsync($"api/stop?{query}", cancellationToken));
        });
        return command;
    }

    private static (Option<string?> Site, Option<string?> Zone, PersonOptions Person) Place(Command command)
    {
        var site = new Option<string?>("--site") { Description = "Only this site (default: the whole farm)." };
        var zone = new Option<string?>("--zone") { Description = "Only this zone." };
        command.Options.Add(site);
        command.Options.Add(zone);
        return (site, zone, new PersonOptions(command));
    }

    private static int Show(JsonNode answer)
    {
        var stops = answer["stops"]!.AsArray();
        foreach (var s in stops)
        {
            System.Console.WriteLine($"{s!["site"]}/{s["zone"]} is stopped since {s["since"]} by {s["owner"]}: {s["reason"]}");
        }

        System.Console.WriteLine(stops.Count == 0 ? "Nothing is stopped." : $"{stops.Count} zone(s) stopped.");
        return ExitCodes.Fine;
    }
}
