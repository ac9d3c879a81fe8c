using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>
/// Rows. Columns that are not named here are hidden, so that a query may ask for more than is shown. Rows of several queries that agree in all columns they
/// share, such as site and zone, become one; others follow upon each other in the order of the queries.
/// </summary>
internal sealed record TablePanel(string Key) : Panel(Key, "table")
{
    /// <summary>Columns from left to right.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>Whether a row may take several lines, as long texts need it.</summary>
    public bool HasLongTexts { get; init; }

    /// <summary>Columns that rows are sorted by, the first first; none: as the database gives them.</summary>
    public IReadOnlyList<(string Field, bool IsDescending)> SortedBy { get; init; } = [];

    /// <summary>Columns that only links need: there, but not seen.</summary>
    private IEnumerable<string> Unseen => Columns.SelectMany(c => c.Drill?.Variables ?? []).Except(Columns.Select(c => c.Field));

    protected override bool IsTable => true;

    protected override JsonObject Custom() => new()
    {
        ["align"] = "auto",
        ["cellOptions"] = new JsonObject { ["type"] = "auto" },
        ["wrapText"] = HasLongTexts,
        ["inspect"] = HasLongTexts,
        ["filterable"] = false,
    };

    protected override JsonObject Options(Wording words)
    {
        var json = new JsonObject { ["showHeader"] = true, ["cellHeight"] = "sm", ["frameIndex"] = 0 };
        if (SortedBy.Count > 0)
        {
            json["sortBy"] = new JsonArray([.. SortedBy.Select(s => new JsonObject { ["displayName"] = Columns.Single(c => c.Field == s.Field).Name(words), ["desc"] = s.IsDescending })]);
        }

        return json;
    }

    protected override IEnumerable<JsonObject> Overrides(Wording words) =>
    [
        .. Columns.Select(c => c.ToJson(words)),
        .. Unseen.Select(u => new JsonObject
        {
            ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = u },
            // Grafana 12 reads the first, Grafana 13 the second.
            ["properties"] = new JsonArray(
                new JsonObject { ["id"] = "custom.hidden", ["value"] = true },
                new JsonObject { ["id"] = "custom.hideFrom", ["value"] = new JsonObject { ["legend"] = false, ["tooltip"] = false, ["viz"] = true } }),
        }),
    ];

    protected override JsonArray Transformations(Wording words) =>
        Queries.Count > 1 ? [Organize(), new JsonObject { ["id"] = "merge", ["options"] = new JsonObject() }, Organize()] : [Organize()];

    private JsonObject Organize() => new()
    {
        ["id"] = "organize",
        ["options"] = new JsonObject
        {
            ["includeByName"] = new JsonObject([.. Columns.Select(c => c.Field).Concat(Unseen).Select(f => KeyValuePair.Create<string, JsonNode?>(f, true))]),
            ["indexByName"] = new JsonObject([.. Columns.Select((c, i) => KeyValuePair.Create<string, JsonNode?>(c.Field, i))]),
        },
    };
}

/// <summary>A column of a table; its heading is the text <c>column.FIELD</c>, common to all dashboards.</summary>
/// <param name="Field">Name in the answer: of a tag, of a field, or <c>Time</c>.</param>
/// <param name="Unit">Grafana's id of its unit; null: none.</param>
internal sealed record Column(string Field, string? Unit = null)
{
    /// <summary>Decimals shown.</summary>
    public int? Decimals { get; init; }

    /// <summary>Colours by value.</summary>
    public Steps? Steps { get; init; }

    /// <summary>Words for values.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Width in pixels; null: what is left.</summary>
    public int? Width { get; init; }

    /// <summary>Least width in pixels of a column that takes what is left: on a phone the table scrolls sideways.</summary>
    public int? MinWidth { get; init; }

    /// <summary>Where a click leads.</summary>
    public Drill? Drill { get; init; }

    /// <summary>Another heading than that of its field: <c>column.HEADING</c>.</summary>
    public string? Heading { get; init; }

    /// <summary>Whether the whole cell is coloured.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Key of what stands in an empty cell; null: as in the panel.</summary>
    public string? NoValue { get; init; }

    /// <summary>What stands above it.</summary>
    public string Name(Wording words) => words.Common($"column.{Heading ?? Field}");

    public JsonObject ToJson(Wording words)
    {
        var properties = new JsonArray { Property("displayName", Name(words)) };
        Add("noValue", NoValue is null ? null : words.Common(NoValue));
        Add("unit", Unit);
        Add("decimals", Decimals);
        Add("custom.width", Width);
        Add("custom.minWidth", MinWidth);
        Add("links", Drill?.ToJson(isTable: true, words));
        Add("mappings", Mappings.Count > 0 ? Mapping.ToJson(Mappings, words) : null);
        if (Steps is not null || Mappings.Count > 0)
        {
            properties.Add(Property("thresholds", (Steps ?? Steps.None).ToJson()));
            properties.Add(Property("custom.cellOptions", new JsonObject { ["type"] = IsFilled ? "color-background" : "color-text" }));
            properties.Add(Property("color", new JsonObject { ["mode"] = "thresholds" }));
        }

        return new() { ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = Field }, ["properties"] = properties };

        void Add(string id, JsonNode? value)
        {
            if (value is not null)
            {
                properties.Add(Property(id, value));
            }
        }
    }

    private static JsonObject Property(string id, JsonNode? value) => new() { ["id"] = id, ["value"] = value };
}
