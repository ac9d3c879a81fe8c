using SmartFarm.Configuration;
using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

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

    /// <summary>Loads the scenario of a file to be played on another farm than its own; it need not name one, nor expect anything.</summary>
    /// <param name="path">The file.</param>
    /// <param name="farm">The farm.</param>
    /// <exception cref="SimulatorException">It is not there, or something in it is wrong; the message has every mistake with line and column.</exception>
    public static Scenario LoadFor(string path, Farm farm)
    {
        if (!File.Exists(path))
        {
            throw new SimulatorException($"There is no scenario file '{path}'.");
        }

        return ParseFor(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(Path.GetFullPath(path))!, farm);
    }

    /// <summary>Reads the text of a scenario to be played on another farm than its own.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Folder from which files that it names are found.</param>
    /// <param name="farm">The farm.</param>
    /// <exception cref="SimulatorException">Something in it is wrong; the message has every mistake with line and column.</exception>
    public static Scenario ParseFor(string text, string name, string folder, Farm farm)
    {
        var errors = new ConfigurationErrors();
        var scenario = YamlFile.Parse(text, name + Ending, errors) is { } top ? ScenarioReader.Read(top, name, folder, "", farm, isWhatIf: true) : null;
        return scenario is not null && errors.IsEmpty ? scenario : throw new SimulatorException(string.Join(Environment.NewLine, errors.ToList()));
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
