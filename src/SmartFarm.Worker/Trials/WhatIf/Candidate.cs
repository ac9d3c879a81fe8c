using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>A rule set that is tried.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Book">Its rules.</param>
internal sealed record Candidate(string Name, RuleBook Book)
{
    /// <summary>Loads the rules of a folder (with <c>rules/</c> in it) or of one file, for a farm.</summary>
    /// <exception cref="SettingsException">They are not there, or something in them is wrong.</exception>
    public static Candidate Load(string path, Farm farm)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new SettingsException($"There are no rules at '{path}'; name a folder with rules/ in it, or a rule file.");
        }

        var name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        return Of(name, File.Exists(path) ? RuleLoader.Parse(File.ReadAllText(path), farm, path) : RuleLoader.Load(path, farm));
    }

    /// <summary>The plain on/off thermostat for a farm: what most growers without a climate computer have.</summary>
    public static Candidate Thermostat(Farm farm) => Of("thermostat", RuleLoader.Parse(ThermostatRules.For(farm), farm, "thermostat.yaml"));

    private static Candidate Of(string name, RuleLoadResult result) => result.IsValid
        ? new Candidate(name, result.Book)
        : throw new SettingsException($"The rules of '{name}' cannot be used.{Environment.NewLine}{string.Join(Environment.NewLine, result.Errors)}");
}
