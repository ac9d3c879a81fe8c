using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>How the series of one query look, where they differ from the rest of their panel.</summary>
internal sealed record SeriesLook
{
    /// <summary>Colour; null: from the palette.</summary>
    public string? Color { get; init; }

    /// <summary>Unit, of an axis on the right; null: that of the panel.</summary>
    public string? RightUnit { get; init; }

    /// <summary>Unit of a tile among others; null: that of the panel.</summary>
    public string? Unit { get; init; }

    /// <summary>Colours by value, of a tile among others.</summary>
    public Steps? Steps { get; init; }

    /// <summary>Words for values, of a tile among others.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Whether the line is dashed, as set points are.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Whether it is the line to look at first: drawn broader.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether it is drawn as bars.</summary>
    public bool IsBars { get; init; }

    /// <summary>Whether only its points are drawn, as beside bars.</summary>
    public bool IsPoints { get; init; }

    /// <summary>Whether it goes in steps from point to point.</summary>
    public bool IsSteps { get; init; }

    /// <summary>Key of the series (<c>series.KEY</c>) down to which the area is filled: a band.</summary>
    public string? FilledTo { get; init; }

    /// <summary>Decimals; null: those of the panel.</summary>
    public int? Decimals { get; init; }

    /// <summary>The upper edge of the farm's own band, filled down to the lower.</summary>
    public static readonly SeriesLook BandHigh = new() { Color = "green", IsDashed = true, IsSteps = true, FilledTo = "band_low" };

    /// <summary>The lower edge of the farm's own band.</summary>
    public static readonly SeriesLook BandLow = new() { Color = "green", IsDashed = true, IsSteps = true };

    public JsonObject ToJson(string refId, Wording words)
    {
        var properties = new JsonArray();
        Add(Color is null ? null : new JsonObject { ["mode"] = "fixed", ["fixedColor"] = Color }, "color");
        Add(RightUnit ?? Unit, "unit");
        Add(Steps?.ToJson(), "thresholds");
        Add(Mappings.Count > 0 ? Mapping.ToJson(Mappings, words) : null, "mappings");
        Add(RightUnit is null ? null : "right", "custom.axisPlacement");
        Add(IsDashed ? new JsonObject { ["fill"] = "dash", ["dash"] = new JsonArray(6, 6) } : null, "custom.lineStyle");
        Add(IsDashed ? 0 : null, "custom.fillOpacity");
        Add(IsMain ? 2 : null, "custom.lineWidth");
        Add(IsBars ? "bars" : IsPoints ? "points" : null, "custom.drawStyle");
        Add(IsPoints ? "always" : null, "custom.showPoints");
        Add(IsBars ? 60 : null, "custom.fillOpacity");
        Add(IsSteps ? "stepAfter" : null, "custom.lineInterpolation");
        Add(FilledTo is null ? null : words.Common($"series.{FilledTo}"), "custom.fillBelowTo");
        Add(FilledTo is null ? null : 12, "custom.fillOpacity");
        Add(Decimals, "decimals");
        return new() { ["matcher"] = new JsonObject { ["id"] = "byFrameRefID", ["options"] = refId }, ["properties"] = properties };

        void Add(JsonNode? value, string id)
        {
            if (value is not null)
            {
                properties.Add(new JsonObject { ["id"] = id, ["value"] = value });
            }
        }
    }
}
