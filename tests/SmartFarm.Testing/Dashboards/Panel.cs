using System.Text.Json;

namespace SmartFarm.Testing.Dashboards;

/// <summary>A panel or a row of a dashboard.</summary>
public sealed class Panel(JsonElement json)
{
    public int Id => json.GetProperty("id").GetInt32();

    public string Type => Text("type");

    public string Title => Text("title");

    public string Description => Text("description");

    public JsonElement Json => json;

    public IEnumerable<JsonElement> Targets => json.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [];

    /// <summary>Place on the grid of 24 columns.</summary>
    public (int X, int Y, int Width, int Height) Place
    {
        get
        {
            var grid = json.GetProperty("gridPos");
            return (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32(), grid.GetProperty("w").GetInt32(), grid.GetProperty("h").GetInt32());
        }
    }

    /// <summary>Ids of the units of its values, those of single columns too.</summary>
    public IEnumerable<string> Units
    {
        get
        {
            if (!json.TryGetProperty("fieldConfig", out var config))
            {
                return [];
            }

            var ofColumns = config.GetProperty("overrides").EnumerateArray()
                .SelectMany(o => o.GetProperty("properties").EnumerateArray())
                .Where(p => p.GetProperty("id").GetString() == "unit")
                .Select(p => p.GetProperty("value").GetString()!);
            return config.GetProperty("defaults").TryGetProperty("unit", out var unit) ? ofColumns.Prepend(unit.GetString()!) : ofColumns;
        }
    }

    private string Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
