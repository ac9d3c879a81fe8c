using System.Diagnostics.CodeAnalysis;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Configuration.Farms;

/// <summary>What came of loading a farm: the farm, or everything that is wrong with it.</summary>
/// <param name="Farm">The farm; null when there are errors.</param>
/// <param name="Errors">All errors, in order of file, line and column.</param>
public sealed record FarmLoadResult(Farm? Farm, IReadOnlyList<ConfigurationError> Errors)
{
    /// <summary>Whether the farm can be used.</summary>
    [MemberNotNullWhen(true, nameof(Farm))]
    public bool IsValid => Farm is not null;
}

/// <summary>Loads <c>farm.yaml</c> of a farm folder.</summary>
public static class FarmLoader
{
    /// <summary>The file that describes the farm.</summary>
    public const string FileName = "farm.yaml";

    private static readonly string[] NativeOnly = ["native"];

    /// <summary>Loads a folder. Never throws for what is in it.</summary>
    /// <param name="folder">The farm folder.</param>
    /// <param name="formats">Names of the payload formats that exist; only <c>native</c> when left out.</param>
    public static FarmLoadResult Load(string folder, IReadOnlyCollection<string>? formats = null)
    {
        if (!Directory.Exists(folder))
        {
            return new FarmLoadResult(null, [new ConfigurationError(folder, 0, 0, "", "There is no such farm folder; create it or name another with --farm.")]);
        }

        var errors = new ConfigurationErrors();
        return Result(YamlFile.Read(folder, FileName, errors), errors, formats);
    }

    /// <summary>Loads the text of a <c>farm.yaml</c>.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="formats">Names of the payload formats that exist; only <c>native</c> when left out.</param>
    public static FarmLoadResult Parse(string text, IReadOnlyCollection<string>? formats = null)
    {
        var errors = new ConfigurationErrors();
        return Result(YamlFile.Parse(text, FileName, errors), errors, formats);
    }

    private static FarmLoadResult Result(YamlMap? top, ConfigurationErrors errors, IReadOnlyCollection<string>? formats)
    {
        var farm = top is null ? null : FarmReader.Read(top, formats ?? NativeOnly);
        return new FarmLoadResult(errors.IsEmpty ? farm : null, errors.ToList());
    }
}
