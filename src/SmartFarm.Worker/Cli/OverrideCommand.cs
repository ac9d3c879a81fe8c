using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm override set|list|release</c>: takes actuators of the running worker in hand.</summary>
internal static class OverrideCommand
{
    public static Command Create() => new("override", "Take an actuator in hand for a while; the rules take over again by themselves. Interlocks, protection and emergency stop stand above it.")
    {
        Set(),
        List(),
        Release(),
    };

    private static Command Set()
    {
        var place = new Argument<string>("actuator") { Description = "Zone and actuator, such as gh1/roof_vent; with site where several have the zone: north/gh1/roof_vent." };
        var target = new Argument<string>("target") { Description = "Where it is to be: '40 %', on, off." };
        var time = new Option<string>("--for") { Description = "How long, such as '2 h'.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("set", "Take an actuator in hand.") { place, target };
        var person = new PersonOptions(command);
        command.Options.Add(time);
        command.Options.Add(reason);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(person.Http(parsed));
            var (site, zone, actuator) = ActuatorPath.Parse(parsed.GetValue(place)!);
            var answer = await worker.PostAsync(
                "api/overrides",
                new JsonObject
                {
                    ["site"] = site,
                    ["zone"] = zone,
                    ["actuator"] = actuator,
                    ["target"] = parsed.GetValue(target),
                    ["for"] = parsed.GetValue(time),
                    ["owner"] = person.By(parsed),
                    ["reason"] = parsed.GetValue(reason),
                },
                cancellationToken);
            return Show(answer);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "What people have in hand, and until when.");
        var options = new CommonOptions();
        command.Options.Add(options.HttpPort);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(options.Settings(parsed).Http);
            return Show(await worker.GetAsync("api/overrides", cancellationToken));
        });
        return command;
    }

    private static Command Release()
    {
        var place = new Argument<string>("actuator") { Description = "Zone and actuator, such as gh1/roof_vent." };
        var command = new Command("release", "Give an actuator back to the rules before its time.") { place };
        var person = new PersonOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(person.Http(parsed));
            var (site, zone, actuator) = ActuatorPath.Parse(parsed.GetValue(place)!);
            var query = $"{PersonOptions.Pair("site", site)}zone={zone}&actuator={actuator}&by={Uri.EscapeDataString(person.By(parsed))}";
            return Show(await worker.DeleteAsync($"api/overrides?{query}", cancellationToken));
        });
        return command;
    }

    private static int Show(JsonNode answer)
    {
        var overrides = answer["overrides"]!.AsArray();
        foreach (var o in overrides)
        {
            System.Console.WriteLine($"{o!["site"]}/{o["zone"]}/{o["actuator"],-20}  {o["target"],6}  until {o["until"]}  {o["owner"]}: {o["reason"]}");
        }

        System.Console.WriteLine(overrides.Count == 0 ? "Nothing is in anybody's hand." : $"{overrides.Count} in hand.");
        return ExitCodes.Fine;
    }
}
