namespace SmartFarm.Worker.Settings;

/// <summary>The names of all settings, as environment variables.</summary>
internal static class SettingNames
{
    public static IReadOnlyList<string> All { get; } = [.. Of(SmartFarmSettings.Section, typeof(SmartFarmSettings))];

    /// <summary>Every word that stands in a name.</summary>
    public static IEnumerable<string> Words => All.SelectMany(name => name.Split("__")).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Of(string prefix, Type type) => type.GetProperties().SelectMany(p =>
        p.PropertyType.Namespace == typeof(SmartFarmSettings).Namespace ? Of($"{prefix}__{p.Name}", p.PropertyType) : [$"{prefix}__{p.Name}"]);
}
