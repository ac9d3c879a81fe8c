using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>Colours by value. A colour is never the only sign: the number or a word stands beside it.</summary>
/// <param name="Base">Colour below the first step.</param>
/// <param name="Above">From which value on which colour, rising.</param>
internal sealed record Steps(string Base, params (double From, string Color)[] Above)
{
    /// <summary>No colour of its own.</summary>
    public static readonly Steps None = new("text");

    /// <summary>Distance out of the farm's own band: what is within is 0.</summary>
    public static readonly Steps Deviation = new("blue", (-0.001, "green"), (0.001, "orange"));

    /// <summary>A share of which all is good.</summary>
    public static readonly Steps Share = new("red", (0.5, "orange"), (0.9, "green"));

    /// <summary>A count of which none is good.</summary>
    public static readonly Steps Count = new("green", (1, "red"));

    /// <summary>A count of which any should be looked at.</summary>
    public static readonly Steps Look = new("green", (1, "orange"));

    /// <summary>Age of the newest good reading in s: sensors send at least every minute, and nothing is decided by what is older than some minutes.</summary>
    public static readonly Steps Age = new("green", (120, "orange"), (300, "red"));

    public JsonObject ToJson() => new()
    {
        ["mode"] = "absolute",
        ["steps"] = new JsonArray([Step(null, Base), .. Above.Select(a => Step(a.From, a.Color))]),
    };

    private static JsonObject Step(double? from, string color) => new() { ["color"] = color, ["value"] = from };
}
