using System.Globalization;
using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>A word for a value, or for a range of values. The key of the word is common to all dashboards: <c>state.KEY</c>.</summary>
/// <param name="From">The value, or where the range begins.</param>
/// <param name="To">Where the range ends; null: one value.</param>
/// <param name="Key">Key of the word.</param>
/// <param name="Color">Its colour.</param>
internal sealed record Mapping(double From, double? To, string Key, string Color)
{
    /// <summary>A text, as it is stored, that gets a word; the others are numbers.</summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is a regular expression for the whole text; its groups are <c>$1</c> and so on in the word.</summary>
    public bool IsPattern { get; init; }

    /// <summary>0 and 1 of a switch, 0 to 100 of a position.</summary>
    public static readonly IReadOnlyList<Mapping> Positions =
        [new(0, null, "off", "#4a5058"), new(1, null, "on", "orange"), new(100, null, "full", "orange"), new(0.001, 0.999, "part", "blue"), new(1.001, 99.999, "part", "blue")];

    /// <summary>Of 0 and 1: no, and yes as something to be looked at.</summary>
    public static readonly IReadOnlyList<Mapping> YesIsBad = [new(0, null, "no", "green"), new(1, null, "yes", "red")];

    public static Mapping OfText(string text, string key, string color) => new(0, null, key, color) { Text = text };

    public static Mapping OfPattern(string pattern, string key, string color) => OfText(pattern, key, color) with { IsPattern = true };

    /// <summary>All of them, in the order given: the index decides in which order a legend shows them.</summary>
    public static JsonArray ToJson(IReadOnlyList<Mapping> mappings, Wording words)
    {
        var single = new JsonObject();
        var all = new JsonArray();
        foreach (var (mapping, index) in mappings.Select((m, i) => (m, i)))
        {
            var result = new JsonObject { ["text"] = words.Common($"state.{mapping.Key}"), ["color"] = mapping.Color, ["index"] = index };
            if (mapping.IsPattern)
            {
                all.Add(new JsonObject { ["type"] = "regex", ["options"] = new JsonObject { ["pattern"] = mapping.Text, ["result"] = result } });
                continue;
            }

            if (mapping.To is not { } to)
            {
                single[mapping.Text ?? mapping.From.ToString(CultureInfo.InvariantCulture)] = result;
                continue;
            }

            all.Add(new JsonObject { ["type"] = "range", ["options"] = new JsonObject { ["from"] = mapping.From, ["to"] = to, ["result"] = result } });
        }

        if (single.Count > 0)
        {
            all.Insert(0, new JsonObject { ["type"] = "value", ["options"] = single });
        }

        return all;
    }
}
