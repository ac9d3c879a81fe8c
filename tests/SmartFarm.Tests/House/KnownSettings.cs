using SmartFarm.Worker.Settings;

namespace SmartFarm.Tests.House;

/// <summary>Every setting of the worker under its environment name, with its default: read from the options classes themselves.</summary>
internal static class KnownSettings
{
    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        Of(SmartFarmSettings.Section, new SmartFarmSettings()).ToDictionary(s => s.Name, s => s.Default);

    private static IEnumerable<(string Name, string Default)> Of(string prefix, object options) =>
        options.GetType().GetProperties().SelectMany(p =>
        {
            var name = $"{prefix}__{p.Name}";
            var value = p.GetValue(options);
            return p.PropertyType.Namespace == typeof(SmartFarmSettings).Namespace ? Of(name, value!) : [(name, Text(value))];
        });

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => value.ToString()!,
    };
}
