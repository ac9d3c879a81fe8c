using System.Text.Json.Nodes;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Dashboards.Model;

/// <summary>A drop-down above the panels, or what it stands for. Its label is the text <c>variable.NAME</c>.</summary>
/// <param name="Name">Name in queries.</param>
/// <param name="Query">What fills it.</param>
internal sealed record Variable(string Name, string Query)
{
    /// <summary>Choices that do not come from the database: value, and key of the word (<c>variable.KEY</c>).</summary>
    public IReadOnlyList<(string Value, string Key)> Choices { get; init; } = [];

    /// <summary>Which of its values are offered, as Grafana writes it; empty: all.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>Sites.</summary>
    public static readonly Variable Site = new("site", "SHOW TAG VALUES FROM \"climate\" WITH KEY = \"site\" WHERE time > now() - 30d");

    /// <summary>Zones of the sites, the devices of the whole site among them.</summary>
    public static readonly Variable Zone = new("zone", "SHOW TAG VALUES FROM \"climate\" WITH KEY = \"zone\" WHERE \"site\" =~ /^$site$/ AND time > now() - 30d");

    /// <summary>Greenhouses: the zones without the devices of the whole site, where rows repeat by it.</summary>
    public static readonly Variable House = Zone with { Pattern = $"/^(?!{Pipeline.Storage.Schema.SiteZone}$).*/" };

    /// <summary>Actuators of the zones.</summary>
    public static readonly Variable Actuator = new(
        "actuator", "SHOW TAG VALUES FROM \"actuator\" WITH KEY = \"actuator\" WHERE \"site\" =~ /^$site$/ AND \"zone\" =~ /^$zone$/ AND time > now() - 30d");

    /// <summary>How fine: readings as they came, or windows of a quarter of an hour or an hour, which a long range needs.</summary>
    public static readonly Variable Detail = new("climate", "") { Choices = [("climate", "fine"), ("climate_15m", "quarters"), ("climate_1h", "hours")] };

    /// <summary>One quantity, of those that several sensors may measure at once.</summary>
    public static readonly Variable Quantity = new("quantity", "")
    {
        Choices =
        [
            .. new[]
            {
                Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2, Quantities.Ppfd, Quantities.SolarRadiation, Quantities.LeafTemperature, Quantities.SoilMoisture,
                Quantities.SoilTemperature, Quantities.SubstrateEc, Quantities.PipeTemperature, Quantities.WaterFlow, Quantities.WaterPressure, Quantities.WindSpeed,
            }.Select(q => (q.Name, q.Name)),
        ],
    };

    /// <summary>The data source: first on every dashboard.</summary>
    public static JsonObject DataSource(Wording words) => new()
    {
        ["name"] = "datasource",
        ["label"] = words.Common("variable.datasource"),
        ["type"] = "datasource",
        ["query"] = "influxdb",
        ["current"] = new JsonObject { ["text"] = "SmartFarm InfluxDB", ["value"] = Source.ProvisionedUid },
        ["hide"] = 2,
        ["refresh"] = 1,
        ["regex"] = "",
        ["multi"] = false,
        ["includeAll"] = false,
        ["options"] = new JsonArray(),
        ["skipUrlSync"] = false,
    };

    public JsonObject ToJson(Wording words) => Choices.Count > 0 ? OfChoices(words) : new()
    {
        ["name"] = Name,
        ["label"] = words.Common($"variable.{Name}"),
        ["type"] = "query",
        ["datasource"] = Source.ToJson(),
        ["query"] = Query,
        ["refresh"] = 2,
        ["sort"] = 1,
        ["multi"] = true,
        ["includeAll"] = true,
        ["allValue"] = ".*",
        ["current"] = new JsonObject { ["text"] = new JsonArray("All"), ["value"] = new JsonArray("$__all") },
        ["options"] = new JsonArray(),
        ["regex"] = Pattern,
        ["hide"] = 0,
        ["skipUrlSync"] = false,
    };

    private JsonObject OfChoices(Wording words) => new()
    {
        ["name"] = Name,
        ["label"] = words.Common($"variable.{Name}"),
        ["type"] = "custom",
        ["query"] = string.Join(", ", Choices.Select(c => $"{words.Common($"variable.{c.Key}")} : {c.Value}")),
        ["multi"] = false,
        ["includeAll"] = false,
        ["current"] = new JsonObject { ["text"] = words.Common($"variable.{Choices[0].Key}"), ["value"] = Choices[0].Value },
        ["options"] = new JsonArray(),
        ["hide"] = 0,
        ["skipUrlSync"] = false,
    };
}
