using System.CommandLine;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules explain ACTUATOR [--at TIME]</c>: why it is, or was, where it is, and why not elsewhere.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var actuator = new Argument<string>("actuator") { Description = "Its name, such as roof_vent; gh1/roof_vent where several zones have one." };
        var at = new Option<string?>("--at") { Description = "When: 14:03 by the clock of the site, or 2026-11-22T14:03:00+05:00 (default: now)." };
        var options = new CommonOptions();
        var command = new Command("explain", "Say why an actuator is, or was, where it is: who won, who lost, inputs, holds and commands.") { actuator };
        command.Options.Add(at);
        command.Options.Add(options.HttpPort);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var worker = new RunningWorker(options.Settings(parsed).Http);
            var when = parsed.GetValue(at) is { } time ? $"&at={Uri.EscapeDataString(time)}" : "";
            foreach (var line in Lines(await worker.GetAsync($"api/explain?actuator={Uri.EscapeDataString(parsed.GetRequiredValue(actuator))}{when}", cancellationToken)))
            {
                System.Console.WriteLine(line);
            }

            return ExitCodes.Fine;
        });
        return command;
    }

    /// <summary>The answer of <c>/api/explain</c>, for people.</summary>
    public static IEnumerable<string> Lines(JsonNode answer)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById($"{answer["time_zone"]}", out var found) ? found : TimeZoneInfo.Utc;
        var unit = answer["unit"] is { } symbol ? $" {symbol}" : "";
        yield return $"{answer["site"]}/{answer["zone"]}/{answer["actuator"]} at {Local(answer["at"]!, zone):yyyy-MM-dd HH:mm:ss} ({answer["time_zone"]})";
        yield return "";
        if (answer["winner"] is { } winner)
        {
            var set = answer["rule_set"] is { } s ? $", rule set {s["version"]} by {s["author"]}{($"{s["note"]}" is { Length: > 0 } note ? $" ({note})" : "")}" : "";
            yield return $"It was to be at {winner["target"]}{unit} since {Local(winner["since"]!, zone):HH:mm:ss} by {winner["source"]} ({winner["level"]}{set}).";
            yield return $"Why      {winner["reason"]}";
            if ($"{winner["losers"]}" is { Length: > 0 } losers)
            {
                yield return $"Against  {losers}";
            }

            if (winner["trust"] is { } trust)
            {
                yield return $"Trust    {trust.GetValue<double>():P0} of the zone's sensors could be relied on.";
            }
        }
        else
        {
            yield return "Nobody had asked for anything: no decision about it is noted up to then.";
        }

        if (answer["reported"] is { } reported)
        {
            yield return $"Device   {(reported["reported"] is { } position ? $"reported {position}{unit}" : "had not reported where it is")}, {reported["mode"]}.";
            if ($"{reported["held"]}" is { Length: > 0 } held)
            {
                yield return $"Held     {held}";
            }
        }

        foreach (var line in Section("Every rule that may move it:", answer["rules"]!, r => $"{r["truth"],-8} {r["rule"],-34} {r["text"]}")
            .Concat(Section("Before:", answer["earlier"]!, e => $"{Local(e["since"]!, zone):yyyy-MM-dd HH:mm:ss}  {e["target"]}{unit} by {e["source"]} ({e["level"]}): {e["reason"]}"))
            .Concat(Section("What the rules could see:", answer["inputs"]!, i => $"{i["name"],-28} {i["value"]!.GetValue<double>():0.###} {i["unit"]}  ({Local(i["time"]!, zone):HH:mm:ss})"))
            .Concat(Section("Commands within an hour of it:", answer["commands"]!, c => $"{Local(c["issued"]!, zone):HH:mm:ss}  {c["target"]}{unit}  {c["outcome"]}  {c["reason"]}")))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Section(string title, JsonNode items, Func<JsonNode, string> line) =>
        items.AsArray() is { Count: > 0 } some ? ["", title, .. some.Select(item => "  " + line(item!))] : [];

    private static DateTimeOffset Local(JsonNode time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time.GetValue<DateTimeOffset>(), zone);
}
