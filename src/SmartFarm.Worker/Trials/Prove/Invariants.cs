using System.Text.RegularExpressions;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>
/// What must never be so, in the language of rules: <c>invariants: [{ id: heat-into-open-vents, never: heater is on and roof_vent &gt; 10 % for 5 min }]</c>. Judged by what the rules
/// see and want: an actuator is where they want it to be.
/// </summary>
internal static partial class Invariants
{
    /// <summary>Name of the file in the farm folder.</summary>
    public const string FileName = "invariants.yaml";

    /// <summary>Compiles the invariants of a farm folder; null when it has none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="farm">The farm.</param>
    /// <exception cref="SettingsException">Something in them is wrong; each mistake has its line and column.</exception>
    public static RuleBook? Load(string path, Farm farm) => File.Exists(path) ? Parse(File.ReadAllText(path), farm, Path.GetFileName(path)) : null;

    /// <summary>Compiles the text of invariants.</summary>
    /// <exception cref="SettingsException">Something in them is wrong; each mistake has its line and column.</exception>
    public static RuleBook Parse(string text, Farm farm, string name = FileName)
    {
        // An invariant is an alarm of which nobody is told. The words are replaced by others of the same length, so that lines and columns stay those of the file.
        var alarms = Because().Replace(Never().Replace(Top().Replace(text, "alarms:"), "when: "), "note:   ");
        var result = RuleLoader.Parse(alarms, farm, name);
        return result.Book ?? throw new SettingsException(string.Join(Environment.NewLine, result.Errors));
    }

    [GeneratedRegex("^invariants:", RegexOptions.Multiline, 1000)]
    private static partial Regex Top();

    [GeneratedRegex(@"(?<=[\s{,]|^)never:(?=\s)", RegexOptions.Multiline, 1000)]
    private static partial Regex Never();

    [GeneratedRegex(@"(?<=[\s{,]|^)because:(?=\s)", RegexOptions.Multiline, 1000)]
    private static partial Regex Because();
}
