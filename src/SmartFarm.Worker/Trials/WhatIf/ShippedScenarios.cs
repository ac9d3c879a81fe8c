using System.Reflection;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>Scenarios for any farm, shipped inside the program; others are files.</summary>
internal static class ShippedScenarios
{
    private const string Root = "scenarios/";
    private const string Ending = ".yaml";
    private static readonly Assembly Home = typeof(ShippedScenarios).Assembly;

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Home.GetManifestResourceNames().Where(n => n.StartsWith(Root, StringComparison.Ordinal)).Select(n => n[Root.Length..^Ending.Length]).Order(StringComparer.Ordinal)];

    /// <summary>A shipped scenario by its name, or any by the path of its file, to be played on a farm.</summary>
    /// <exception cref="SettingsException">It is not there, or something in it is wrong.</exception>
    public static Scenario Load(string name, Farm farm)
    {
        try
        {
            if (!Names.Contains(name))
            {
                return File.Exists(name)
                    ? ScenarioLoader.LoadFor(name, farm)
                    : throw new SettingsException($"There is no scenario '{name}', and no file of that name; {Suggestion.For(name, [.. Names])}");
            }

            using var reader = new StreamReader(Home.GetManifestResourceStream($"{Root}{name}{Ending}")!);
            return ScenarioLoader.ParseFor(reader.ReadToEnd(), name, Directory.GetCurrentDirectory(), farm);
        }
        catch (SimulatorException e)
        {
            throw new SettingsException(e.Message, e);
        }
    }
}
