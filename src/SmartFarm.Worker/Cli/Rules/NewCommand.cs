using System.CommandLine;
using SmartFarm.Worker.Recipes;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules new --recipe NAME</c>: a farm folder, or rules for one that is there, from a shipped recipe.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var name = new Option<string?>("--recipe") { Description = $"What to start from: {string.Join(", ", Recipe.Names)}." };
        var zones = new Option<string[]>("--zone") { Description = "Zone that gets the rules; may be given several times (default: gh1).", DefaultValueFactory = _ => ["gh1"] };
        var command = new Command("new", "Write rules from a shipped recipe into the farm folder; files that are there stay as they are.");
        command.Options.Add(name);
        command.Options.Add(zones);
        command.Options.Add(options.Farm);
        command.SetAction(parsed => Run(parsed.GetValue(name), parsed.GetRequiredValue(zones), options.Settings(parsed).Farm));
        return command;
    }

    private static int Run(string? name, string[] zones, string folder)
    {
        if (Recipe.Find(name) is not { } recipe)
        {
            System.Console.WriteLine($"{(name is null ? "Name a recipe" : $"There is no recipe '{name}'")}: --recipe {string.Join(", ", Recipe.Names)}.");
            return ExitCodes.CouldNotRun;
        }

        foreach (var file in recipe.Files)
        {
            var written = RecipeWriter.Write(file, folder, zones);
            System.Console.WriteLine($"{(written ? "written" : "kept   ")}  {Path.Combine(folder, file.Path)}{(written ? "" : "   (it was there already)")}");
        }

        var findings = FarmFolder.Load(folder).Findings;
        foreach (var finding in findings)
        {
            System.Console.WriteLine(finding);
        }

        System.Console.WriteLine(findings.Count == 0
            ? $"Next: read the files and set the numbers to your house, then 'smartfarm rules test --farm {folder}'."
            : "Mend these, then run 'smartfarm check'.");
        return findings.Count == 0 ? ExitCodes.Fine : ExitCodes.Findings;
    }
}
