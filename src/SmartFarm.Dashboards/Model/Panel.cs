using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>
/// One panel. Its title and description are the texts <c>BOARD.KEY.title</c> and <c>BOARD.KEY.description</c>; the description says what is shown and
/// what to do. Panels are placed from left to right in the order of their board.
/// </summary>
/// <param name="Key">Its name within the board.</param>
/// <param name="Type">Grafana's name of the visualization.</param>
internal abstract record Panel(string Key, string Type)
{
    /// <summary>Columns of 24.</summary>
    public int Width { get; init; } = 12;

    /// <summary>Rows of about 30 pixels.</summary>
    public int Height { get; init; } = 8;

    /// <summary>What is asked.</summary>
    public IReadOnlyList<Query> Queries { get; init; } = [];

    /// <summary>Grafana's id of the unit; see <see cref="GrafanaUnit"/>.</summary>
    public string Unit { get; init; } = GrafanaUnit.None;

    /// <summary>Decimals shown; null: as needed.</summary>
    public int? Decimals { get; init; }

    /// <summary>Colours by value.</summary>
    public Steps Steps { get; init; } = Steps.None;

    /// <summary>Words for values.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Key of what stands where there is nothing: <c>no_data</c>, or a state where nothing is good news.</summary>
    public string NoValue { get; init; } = "no_data";

    /// <summary>Where a click leads.</summary>
    public Drill? Drill { get; init; }

    /// <summary>Least and greatest value of axis or bar; null: by the data.</summary>
    public (double? Min, double? Max) Scale { get; init; }

    /// <summary>Longest time between two points that are still one line, and least of <c>$__interval</c>; null: Grafana's own.</summary>
    public string? Interval { get; init; }

    /// <summary>
    /// A range of its own that ends now, such as <c>10m</c> or <c>now/d</c>: what is older is no longer true. Holds while the dashboard looks at the present;
    /// null: that of the dashboard.
    /// </summary>
    public string? Newest { get; init; }

    /// <summary>Whether rows of a table are asked for.</summary>
    protected virtual bool IsTable => false;

    /// <summary>How single values get their colour.</summary>
    protected virtual string ColorMode => "thresholds";

    public JsonObject ToJson(int id, (int X, int Y) place, Wording words)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["type"] = Type,
            ["title"] = words.Own($"{Key}.title"),
            ["description"] = words.Own($"{Key}.description"),
            ["gridPos"] = new JsonObject { ["x"] = place.X, ["y"] = place.Y, ["w"] = Width, ["h"] = Height },
        };
        if (Interval is not null)
        {
            json["interval"] = Interval;
        }

        if (Newest is not null)
        {
            json["timeFrom"] = Newest;
        }

        json["datasource"] = Source.ToJson();
        json["targets"] = new JsonArray([.. Queries.Select((q, i) => q.ToJson(i, IsTable, words))]);
        json["fieldConfig"] = new JsonObject { ["defaults"] = Defaults(words), ["overrides"] = new JsonArray([.. Overrides(words)]) };
        json["options"] = Options(words);
        if (Transformations(words) is { Count: > 0 } transformations)
        {
            json["transformations"] = transformations;
        }

        return json;
    }

    /// <summary>Options of the visualization.</summary>
    protected abstract JsonObject Options(Wording words);

    /// <summary>Options of a field that only this visualization has.</summary>
    protected virtual JsonObject? Custom() => null;

    /// <summary>What differs by series or column.</summary>
    protected virtual IEnumerable<JsonObject> Overrides(Wording words) =>
        Queries.Select((q, i) => (q.Look, i)).Where(x => x.Look is not null).Select(x => x.Look!.ToJson(Query.RefId(x.i), words));

    /// <summary>What is done to the rows before they are shown.</summary>
    protected virtual JsonArray Transformations(Wording words) => [];

    private JsonObject Defaults(Wording words)
    {
        var json = new JsonObject
        {
            ["unit"] = Unit,
            ["color"] = new JsonObject { ["mode"] = ColorMode },
            ["thresholds"] = Steps.ToJson(),
            ["mappings"] = Mapping.ToJson(Mappings, words),
            ["noValue"] = words.Common(NoValue),
        };
        Set("decimals", Decimals);
        Set("min", Scale.Min);
        Set("max", Scale.Max);
        Set("links", Drill?.ToJson(IsTable, words));
        Set("custom", Custom());
        return json;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
