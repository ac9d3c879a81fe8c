using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>The course of numbers over time.</summary>
internal sealed record CoursePanel(string Key) : Panel(Key, "timeseries")
{
    /// <summary>Whether bars are drawn, as for counts and amounts of a span of time.</summary>
    public bool IsBars { get; init; }

    /// <summary>Whether the steps are drawn as dashed lines.</summary>
    public bool HasLines { get; init; }

    /// <summary>Whether the values of several series are put upon each other.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Whether every value is a point, as where they are few: days, or commands.</summary>
    public bool HasPoints { get; init; }

    /// <summary>Whether each step of the axis is ten times the one before, as where what takes milliseconds stands beside what takes minutes.</summary>
    public bool HasPowersOfTen { get; init; }

    /// <summary>Longest gap that is still drawn as one line, in ms: beyond, data are missing, and are seen to be missing.</summary>
    public int LongestGapMs { get; init; } = 600_000;

    /// <summary>What the legend says of each series.</summary>
    public IReadOnlyList<string> Calculations { get; init; } = ["lastNotNull", "min", "max"];

    /// <summary>Heading of the legend's column that the series are sorted by, the greatest first, as Grafana calls it; null: as asked.</summary>
    public string? LegendSortedBy { get; init; }

    /// <summary>Whether the legend is one flowing line, as where many series leave no room for a table.</summary>
    public bool HasShortLegend { get; init; }

    protected override string ColorMode => "palette-classic";

    protected override JsonObject Custom() => new()
    {
        ["drawStyle"] = IsBars ? "bars" : "line",
        ["lineInterpolation"] = "linear",
        ["lineWidth"] = 1,
        ["fillOpacity"] = IsBars ? 60 : 4,
        ["gradientMode"] = "none",
        ["spanNulls"] = LongestGapMs,
        ["insertNulls"] = false,
        ["showPoints"] = HasPoints ? "always" : "never",
        ["pointSize"] = 5,
        ["barAlignment"] = 0,
        ["axisPlacement"] = "auto",
        ["axisLabel"] = "",
        ["axisColorMode"] = "text",
        ["axisCenteredZero"] = false,
        ["axisBorderShow"] = false,
        ["scaleDistribution"] = HasPowersOfTen ? new JsonObject { ["type"] = "symlog", ["log"] = 10, ["linearThreshold"] = 10 } : new JsonObject { ["type"] = "linear" },
        ["stacking"] = new JsonObject { ["mode"] = IsStacked ? "normal" : "none", ["group"] = "A" },
        ["thresholdsStyle"] = new JsonObject { ["mode"] = HasLines ? "dashed" : "off" },
        ["hideFrom"] = Shown.Everywhere(),
    };

    protected override JsonObject Options(Wording words)
    {
        var legend = new JsonObject
        {
            ["displayMode"] = HasShortLegend ? "list" : "table", ["placement"] = "bottom", ["showLegend"] = true, ["calcs"] = new JsonArray([.. Calculations]),
        };
        if (LegendSortedBy is not null)
        {
            (legend["sortBy"], legend["sortDesc"]) = (LegendSortedBy, true);
        }

        return new() { ["legend"] = legend, ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" } };
    }
}
