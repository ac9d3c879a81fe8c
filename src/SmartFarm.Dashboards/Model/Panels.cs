using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>Tiles: the newest value of each series, large.</summary>
internal sealed record StatPanel(string Key) : Panel(Key, "stat")
{
    /// <summary>Whether the tile itself is coloured, as a wall screen needs it, and not only its text.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Whether the course is drawn behind the value.</summary>
    public bool HasCourse { get; init; } = true;

    /// <summary>Which value of the course counts: lastNotNull, sum, max.</summary>
    public string Calculation { get; init; } = "lastNotNull";

    protected override JsonObject Options(Wording words) => new()
    {
        ["reduceOptions"] = Reduce.ToJson(Calculation),
        ["orientation"] = "auto",
        ["textMode"] = Queries.All(q => q.Name is null && q.Tags.Count == 0) ? "value" : "value_and_name",
        ["colorMode"] = IsFilled ? "background" : "value",
        ["graphMode"] = HasCourse ? "area" : "none",
        ["justifyMode"] = "auto",
        ["wideLayout"] = true,
        ["showPercentChange"] = false,
        ["percentChangeColorMode"] = "standard",
    };
}

/// <summary>Bars: one for each series, by its newest value or its sum.</summary>
internal sealed record BarGaugePanel(string Key) : Panel(Key, "bargauge")
{
    /// <summary>Which value of the course counts.</summary>
    public string Calculation { get; init; } = "lastNotNull";

    protected override JsonObject Options(Wording words) => new()
    {
        ["reduceOptions"] = Reduce.ToJson(Calculation),
        ["orientation"] = "horizontal",
        ["displayMode"] = "basic",
        ["valueMode"] = "color",
        ["namePlacement"] = "auto",
        ["showUnfilled"] = true,
        ["sizing"] = "auto",
        ["minVizWidth"] = 8,
        ["minVizHeight"] = 16,
        ["maxVizHeight"] = 300,
        ["legend"] = new JsonObject { ["showLegend"] = false, ["displayMode"] = "list", ["placement"] = "bottom", ["calcs"] = new JsonArray() },
    };
}

/// <summary>States over time: one row for each series.</summary>
internal sealed record StatePanel(string Key) : Panel(Key, "state-timeline")
{
    protected override JsonObject Custom() => new() { ["lineWidth"] = 0, ["fillOpacity"] = 75, ["hideFrom"] = Shown.Everywhere() };

    protected override JsonObject Options(Wording words) => new()
    {
        ["mergeValues"] = true,
        ["showValue"] = "auto",
        ["alignValue"] = "left",
        ["rowHeight"] = 0.85,
        ["perPage"] = 20,
        ["legend"] = new JsonObject { ["showLegend"] = true, ["displayMode"] = "list", ["placement"] = "bottom", ["calcs"] = new JsonArray() },
        ["tooltip"] = new JsonObject { ["mode"] = "single", ["sort"] = "none" },
    };
}

/// <summary>How a series becomes one value.</summary>
internal static class Reduce
{
    public static JsonObject ToJson(string calculation) => new() { ["values"] = false, ["calcs"] = new JsonArray(calculation), ["fields"] = "" };
}

/// <summary>Where a series is shown.</summary>
internal static class Shown
{
    public static JsonObject Everywhere() => new() { ["legend"] = false, ["tooltip"] = false, ["viz"] = false };
}
