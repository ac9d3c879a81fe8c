using System.Text;
using System.Text.Json.Nodes;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>Which messages stand in the quarantine as rows: those that the disk damaged, with their neighbours in the same record.</summary>
internal static class SetAside
{
    public static async Task<NumberSet> ReadAsync(WorkerProcess worker, Fleet fleet)
    {
        var entries = JsonNode.Parse(await worker.GetAsync("api/quarantine?limit=100"))!["entries"]!.AsArray();
        var bytes = entries.OrderBy(e => (long)e!["id"]!).SelectMany(e => Payload(e!["payload"]!)).ToArray();
        var numbers = new NumberSet();
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            // A record begins with a header: the first row stands behind it.
            var start = line.IndexOf("telemetry,", StringComparison.Ordinal);
            if (start >= 0 && TryFind(fleet, line[start..]) is { } n)
            {
                numbers.Add(n);
            }
        }

        return numbers;
    }

    private static byte[] Payload(JsonNode payload) =>
        (string?)payload["base64"] is { } base64 ? Convert.FromBase64String(base64) : Encoding.UTF8.GetBytes((string?)payload["text"] ?? "");

    private static long? TryFind(Fleet fleet, string line)
    {
        try
        {
            return TelemetryLine.Read(line) is { } row && fleet.Find(row.Device, row.TimeMs) is { } n && (row.Temperature, row.Humidity) == fleet.ValuesOf(n) ? n : null;
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or KeyNotFoundException or ArgumentException)
        {
            // The row with the flipped bit.
            return null;
        }
    }
}
