namespace SmartFarm.Configuration.Yaml;

/// <summary>Finds files in a farm folder.</summary>
public static class FarmFolder
{
    /// <summary>The YAML files directly in a subfolder, by name in ordinal order; none when there is no such subfolder. A <c>.yml</c> file is an error, not overlooked.</summary>
    /// <param name="folder">The farm folder.</param>
    /// <param name="subfolder">Name of the subfolder.</param>
    /// <param name="errors">Gets an error when the subfolder cannot be read.</param>
    /// <returns>Paths relative to the farm folder, with forward slashes.</returns>
    public static IReadOnlyList<string> Files(string folder, string subfolder, ConfigurationErrors errors)
    {
        try
        {
            var path = Path.Combine(folder, subfolder);
            var names = Directory.Exists(path) ? Directory.GetFiles(path).Select(file => $"{subfolder}/{Path.GetFileName(file)}").ToArray() : [];
            foreach (var name in names.Where(name => name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)))
            {
                errors.Add(new ConfigurationError(name, 0, 0, "", "Only files that end in .yaml are read; rename it."));
            }

            return [.. names.Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ConfigurationError(subfolder, 0, 0, "", $"The folder cannot be read: {e.Message}"));
            return [];
        }
    }
}
