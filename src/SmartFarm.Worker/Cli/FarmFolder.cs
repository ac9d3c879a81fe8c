using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Payloads.Native;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>The farm folder, loaded and compiled.</summary>
internal sealed record FarmFolder(Farm? Farm, RuleBook? Rules, IReadOnlyList<string> Findings)
{
    internal static readonly string[] Formats = [NativeFormat.FormatName];

    /// <summary>Loads everything; what is wrong is in the findings, each with file, line and column.</summary>
    public static FarmFolder Load(string folder)
    {
        var farm = FarmLoader.Load(folder, Formats);
        if (farm.Farm is null)
        {
            return new FarmFolder(null, null, [.. farm.Errors.Select(e => e.ToString())]);
        }

        var rules = RuleLoader.Load(folder, farm.Farm);
        return new FarmFolder(farm.Farm, rules.Book, [.. rules.Errors.Select(e => e.ToString())]);
    }

    /// <summary>Loads everything, or says all that is wrong.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static (Farm Farm, RuleBook Rules) Require(string folder)
    {
        var loaded = Load(folder);
        return loaded is { Farm: { } farm, Rules: { } rules, Findings: [] }
            ? (farm, rules)
            : throw new SettingsException(string.Join(Environment.NewLine, loaded.Findings));
    }
}
