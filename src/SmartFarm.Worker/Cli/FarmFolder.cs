using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Automation.Sets;
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
    public static (Farm Farm, RuleBook Rules) Require(string folder) => Required(Load(folder));

    /// <summary>
    /// What a worker starts with. Mistakes in the rules do not keep it from starting when a rule set was in charge before, which then goes on: a
    /// power cut while somebody edits a file must not leave a house without control. The book is empty in that case.
    /// </summary>
    /// <exception cref="SettingsException">The farm is wrong, or the rules are and none were ever in charge.</exception>
    public async Task<(Farm Farm, RuleBook Rules)> ToStartAsync(IRuleSetStore sets, CancellationToken cancellationToken)
    {
        if (this is { Farm: { } farm, Rules: null } && RuleSetRoles.Of(await sets.MovesAsync(cancellationToken)).Production is not null)
        {
            return (farm, RuleLoader.Parse("rules: []", farm).Book!);
        }

        return Required(this);
    }

    private static (Farm Farm, RuleBook Rules) Required(FarmFolder loaded) => loaded is { Farm: { } farm, Rules: { } rules, Findings: [] }
        ? (farm, rules)
        : throw new SettingsException(string.Join(Environment.NewLine, loaded.Findings));
}
