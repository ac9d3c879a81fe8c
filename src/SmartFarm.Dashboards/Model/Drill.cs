using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>A link from a value to the dashboard that says more; keeps the time range.</summary>
/// <param name="Board">Which dashboard.</param>
/// <param name="Variables">Variables that are handed on, from labels of the series or, in tables, columns of the row.</param>
internal sealed record Drill(string Board, params string[] Variables)
{
    /// <summary>To the zone of the value.</summary>
    public static readonly Drill Zone = new("zone", "site", "zone");

    public JsonArray ToJson(bool isTable, Wording words) =>
    [
        new JsonObject
        {
            ["title"] = words.Common($"{Board}.title"),
            ["url"] = $"/d/{words.Language.Uid(Board)}?{string.Concat(Variables.Select(v => $"var-{v}=${{{(isTable ? "__data.fields" : "__field.labels")}.{v}}}&"))}${{__url_time_range}}",
            ["targetBlank"] = false,
        },
    ];
}
