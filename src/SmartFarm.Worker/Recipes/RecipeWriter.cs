namespace SmartFarm.Worker.Recipes;

/// <summary>Writes a recipe into a farm folder.</summary>
internal static class RecipeWriter
{
    private const string ZoneOfRecipes = "gh1";

    /// <summary>Writes a file, unless there is one of that name. Recipes are written for the zone gh1; others take its place.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static bool Write(RecipeFile file, string folder, IReadOnlyList<string> zones)
    {
        var path = Path.Combine(folder, file.Path);
        if (File.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file.Text
            .Replace($"zones: [{ZoneOfRecipes}]", $"zones: [{string.Join(", ", zones)}]", StringComparison.Ordinal)
            .Replace($"- id: {ZoneOfRecipes}\n", $"- id: {zones[0]}\n", StringComparison.Ordinal));
        return true;
    }
}
