using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>A dashboard: rows of panels that answer one question.</summary>
/// <param name="Key">Name of its file, end of its uid, beginning of the keys of its texts.</param>
internal sealed record Board(string Key)
{
    /// <summary>The time range that it opens with.</summary>
    public string From { get; init; } = "now-24h";

    /// <summary>Drop-downs.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [Variable.Site, Variable.Zone];

    /// <summary>Marks on the graphs.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [Annotation.Alarms];

    /// <summary>Rows, from top to bottom.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Ranges offered as links, for looking back over more than days: with the windows that such a range needs.</summary>
    public IReadOnlyList<(string Key, string From, string Detail)> LongRanges { get; init; } = [];

    public JsonObject ToJson(Wording words) => new()
    {
        ["id"] = null,
        ["uid"] = words.Language.Uid(Key),
        ["title"] = words.Own("title"),
        ["description"] = words.Own("description"),
        ["tags"] = new JsonArray("smartfarm", words.Language.Tag),
        ["timezone"] = "browser",
        ["editable"] = false,
        ["graphTooltip"] = 1,
        ["schemaVersion"] = 41,
        ["version"] = 1,
        ["refresh"] = "30s",
        ["time"] = new JsonObject { ["from"] = From, ["to"] = "now" },
        ["timepicker"] = new JsonObject(),
        ["fiscalYearStartMonth"] = 0,
        ["liveNow"] = false,
        ["weekStart"] = "",
        ["annotations"] = new JsonObject { ["list"] = new JsonArray([.. Annotations.Select(a => a.ToJson(words))]) },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([Variable.DataSource(words), .. Variables.Select(v => v.ToJson(words))]) },
        ["links"] = Links(words),
        ["panels"] = Panels(words),
    };

    private JsonArray Links(Wording words) =>
    [
        Link("dashboards", words.Common("link.boards"), words.Common("link.boards.tooltip"), "", new JsonArray(words.Language.Tag), keepTime: true),
        .. LongRanges.Select(r => Link("link", words.Common($"link.{r.Key}"), words.Common("link.range.tooltip"),
            $"/d/{words.Language.Uid(Key)}?from={r.From}&to=now&var-climate={r.Detail}", [], keepTime: false)),
    ];

    private static JsonObject Link(string type, string title, string tooltip, string url, JsonArray tags, bool keepTime) => new()
    {
        ["type"] = type,
        ["title"] = title,
        ["tooltip"] = tooltip,
        ["url"] = url,
        ["tags"] = tags,
        ["asDropdown"] = type == "dashboards",
        ["includeVars"] = keepTime,
        ["keepTime"] = keepTime,
        ["icon"] = "external link",
        ["targetBlank"] = false,
    };

    private JsonArray Panels(Wording words)
    {
        var (panels, id, y) = (new JsonArray(), 0, 0);
        foreach (var row in Rows)
        {
            panels.Add(row.ToJson(++id, y++, words));
            var (x, height) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (x + panel.Width > 24)
                {
                    (x, y, height) = (0, y + height, 0);
                }

                panels.Add(panel.ToJson(++id, (x, y), words));
                (x, height) = (x + panel.Width, Math.Max(height, panel.Height));
            }

            y += height;
        }

        return panels;
    }
}

/// <summary>A row of panels under a heading, the text <c>BOARD.KEY</c>.</summary>
/// <param name="Key">Its name within the board.</param>
/// <param name="Panels">From left to right; what does not fit into 24 columns goes below.</param>
internal sealed record Row(string Key, params IReadOnlyList<Panel> Panels)
{
    /// <summary>Variable whose every value gets a row of its own; null: none.</summary>
    public string? Repeat { get; init; }

    public JsonObject ToJson(int id, int y, Wording words)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["type"] = "row",
            ["title"] = words.Own(Key),
            ["collapsed"] = false,
            ["gridPos"] = new JsonObject { ["x"] = 0, ["y"] = y, ["w"] = 24, ["h"] = 1 },
            ["panels"] = new JsonArray(),
        };
        if (Repeat is not null)
        {
            json["repeat"] = Repeat;
        }

        return json;
    }
}
