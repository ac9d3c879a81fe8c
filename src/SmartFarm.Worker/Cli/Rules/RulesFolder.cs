using SmartFarm.Domain.Farms;
using SmartFarm.Rules;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary>A farm folder whose rules load.</summary>
internal sealed record RulesFolder(Farm Farm, RuleBook Rules)
{
    /// <summary>Opens the folder; null when something is wrong with it, every mistake of which was printed.</summary>
    public static RulesFolder? Open(string folder)
    {
        var loaded = FarmFolder.Load(folder);
        foreach (var finding in loaded.Findings)
        {
            System.Console.WriteLine(finding);
        }

        return loaded is { Farm: { } farm, Rules: { } rules } ? new RulesFolder(farm, rules) : null;
    }
}
