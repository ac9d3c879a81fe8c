using System.Globalization;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>What a real InfluxDB holds: every series of telemetry, streamed as CSV.</summary>
internal sealed class InfluxRows(InfluxDb influx, string database = "smartfarm") : IRowSource
{
    public async Task<long> CountAsync()
    {
        var answer = await influx.QueryAsync("SELECT count(relative_humidity) FROM telemetry", database);
        var at = answer.LastIndexOf(',');
        return at >= 0 && answer.Contains("values") ? long.Parse(answer[(at + 1)..answer.IndexOf(']', at)], CultureInfo.InvariantCulture) : 0;
    }

    public async IAsyncEnumerable<StoredRow> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = influx.Url, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Add("Accept", "application/csv");
        var query = Uri.EscapeDataString("SELECT air_temperature, relative_humidity FROM telemetry GROUP BY *");
        using var answer = await http.GetAsync($"query?db={database}&epoch=ms&chunked=true&q={query}", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var (text, tags, device, hasPosition) = ("", "", "", false);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("telemetry,", StringComparison.Ordinal))
            {
                continue;
            }

            // The tags are quoted when there are several.
            var end = line[10] == '"' ? line.IndexOf('"', 11) + 1 : line.IndexOf(',', 10);
            text = line[10..end];
            if (text != tags)
            {
                tags = text;
                (device, hasPosition) = Read(tags.Trim('"'));
            }

            var cells = line[(end + 1)..].Split(',');
            yield return new StoredRow(device, hasPosition, long.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[1]), Number(cells[2]));
        }
    }

    private static (string Device, bool HasPosition) Read(string tags)
    {
        var pairs = tags.Split(',').Select(t => t.Split('=', 2)).ToDictionary(t => t[0], t => t[1], StringComparer.Ordinal);
        return (pairs["device"], pairs.GetValueOrDefault("position") is { Length: > 0 });
    }

    /// <summary>Null for a value that is not there, and for one that is no number.</summary>
    private static double? Number(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value : null;
}
