using System.Globalization;
using SmartFarm.Campaign.Checks;

namespace SmartFarm.Campaign.Servers;

/// <summary>Reads a row of telemetry from line protocol. The fleet's names need no escapes, so a blank ends a part and a comma an item.</summary>
internal static class TelemetryLine
{
    public static bool Is(string line) => line.StartsWith("telemetry,", StringComparison.Ordinal);

    public static StoredRow? Read(string line)
    {
        if (!Is(line))
        {
            return null;
        }

        var parts = line.Split(' ');
        var tags = Pairs(parts[0]["telemetry,".Length..]);
        var fields = Pairs(parts[1]);
        return new StoredRow(
            tags["device"], tags.ContainsKey("position"), long.Parse(parts[2], CultureInfo.InvariantCulture), Number(fields, "air_temperature"), Number(fields, "relative_humidity"));
    }

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split(',').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    private static double? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
