using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>Marks on every graph. Its name is the text <c>annotation.KEY</c>.</summary>
/// <param name="Key">Key of its name.</param>
/// <param name="Query">What is marked.</param>
/// <param name="Color">Colour of the marks.</param>
/// <param name="Text">Column that is read.</param>
/// <param name="Tags">Column of the words beside it.</param>
internal sealed record Annotation(string Key, string Query, string Color, string Text, string Tags)
{
    /// <summary>Alarms, when they come and go; what is only said again has no state.</summary>
    public static readonly Annotation Alarms = new("alarms", $"""SELECT "text", "severity" FROM "alarm" WHERE "state" =~ /./ AND {Model.Query.Here.Trim()}""", "red", "text", "severity");

    /// <summary>Decisions that operators ask about: somebody or something stronger than the rules took an actuator.</summary>
    public static readonly Annotation Decisions = new(
        "decisions", $"""SELECT "reason", "actuator" FROM "arbitration" WHERE "level" !~ /^(rule|default)$/ AND {Model.Query.Here.Trim()}""", "blue", "reason", "actuator");

    public JsonObject ToJson(Wording words) => new()
    {
        ["name"] = words.Common($"annotation.{Key}"),
        ["enable"] = true,
        ["iconColor"] = Color,
        ["datasource"] = Source.ToJson(),
        ["target"] = new JsonObject
        {
            ["refId"] = "Anno",
            ["query"] = Query,
            ["queryType"] = "tags",
            ["fromAnnotations"] = true,
            ["textColumn"] = Text,
            ["tagsColumn"] = Tags,
            ["timeEndColumn"] = "",
            ["titleColumn"] = "",
            ["limit"] = 100,
            ["matchAny"] = false,
            ["tags"] = new JsonArray(),
            ["type"] = "",
        },
    };
}
