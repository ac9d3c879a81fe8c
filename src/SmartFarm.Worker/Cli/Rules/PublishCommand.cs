using System.CommandLine;
using System.Text.Json.Nodes;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules publish</c>: gives a rule set its number, author and note. It is checked and kept, and not yet put to work.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var from = new Option<string?>("--from") { Description = "Folder whose rules/ are published, such as a copy of the farm folder with your changes (default: the farm folder)." };
        var author = new Option<string>("--author") { Description = "Who wrote it.", DefaultValueFactory = _ => Environment.UserName };
        var note = new Option<string>("--note") { Description = "What it is for, in a sentence.", DefaultValueFactory = _ => "" };
        var command = new Command("publish", "Check a rule set and keep it under the next version number; then: rules shadow, rules promote.");
        foreach (var option in new Option[] { from, author, note, options.Farm, options.HttpPort })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Settings(parsed);
            var folder = parsed.GetValue(from) ?? settings.Farm;
            var files = RuleFolder.Read(folder).Texts;
            if (files.Count == 0)
            {
                throw new SettingsException($"There is no .yaml file in '{Path.Combine(folder, "rules")}'; name the folder that holds rules/ with --from.");
            }

            using var worker = new RunningWorker(settings.Http);
            var body = new JsonObject
            {
                ["author"] = parsed.GetValue(author),
                ["note"] = parsed.GetValue(note),
                ["files"] = new JsonObject(files.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, f.Value))),
            };
            var answer = await worker.PostAsync("api/rules/publish", body, cancellationToken);
            foreach (var finding in answer["findings"]!.AsArray())
            {
                System.Console.WriteLine(finding);
            }

            if (answer["rule_set"] is not { } set)
            {
                return ExitCodes.Findings;
            }

            System.Console.WriteLine($"Rule set {set["version"]} ({set["fingerprint"]}), by {set["author"]}: {set["note"]}");
            System.Console.WriteLine($"It moves nothing yet. Beside the one in charge: smartfarm rules shadow {set["version"]}. In charge: smartfarm rules promote {set["version"]}.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
