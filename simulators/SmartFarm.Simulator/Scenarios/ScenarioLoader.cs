using SmartFarm.Configuration;
using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Finds and loads scenarios.</summary>
public static class ScenarioLoader
{
    private const string Ending = ".yaml";

    /// <summary>The names of a library: a folder with a file for each.</summary>
    public static IReadOnlyList<string> Names(string library) =>
        Directory.Exists(library) ? [.. Directory.GetFiles(library, "*" + Ending).Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)] : [];

    /// <summary>Loads a scenario of a library by its name, or any by the path of its file.</summary>
    /// <exception cref="SimulatorException">It is not there, or something in it is wrong; the message has every mistake with line and column.</exception>
    public static Scenario Load(string library, string name)
    {
        var path = name.EndsWith(Ending, StringComparison.Ordinal) ? name : Path.Combine(library, name + Ending);
        if (!File.Exists(path))
        {
            throw new SimulatorException($"There is no scenario '{name}' in '{library}'; {Suggestion.For(name, [.. Names(library)])}");
        }

        var full = Path.GetFullPath(path);
        var errors = new ConfigurationErrors();
        var scenario = YamlFile.Read(Path.GetDirectoryName(full)!, Path.GetFileName(full), errors) is { } top ? Read(top, full) : null;
        return scenario is not null && errors.IsEmpty
            ? scenario
            : throw new SimulatorException(string.Join(Environment.NewLine, errors.ToList().Select(error => error with { File = path })));
    }

    private static Scenario? Read(YamlMap top, string path)
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, top.Require("farm", "farms/tomato")?.AsText() ?? ""));
        var farm = FarmLoader.Load(folder);
        if (!farm.IsValid)
        {
            top.Report($"Its farm cannot be used: {string.Join(" ", farm.Errors)}");
            return null;
        }

        return ScenarioReader.Read(top, Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, folder, farm.Farm);
    }
}
