using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>An InfluxQL query. <c>$timeFilter</c>, <c>$__interval</c> and the variables of the dashboard are filled in by Grafana.</summary>
/// <param name="Text">As it is sent.</param>
internal sealed record Query(string Text)
{
    /// <summary>The sites and zones that are chosen, within the time range: what a query of a zone's data is limited to.</summary>
    public const string Here = """ "site" =~ /^$site$/ AND "zone" =~ /^$zone$/ AND $timeFilter """;

    /// <summary>The weather of the sites that are chosen: it is told of no greenhouse.</summary>
    public const string Outside = $""" "site" =~ /^$site$/ AND "zone" = '{Pipeline.Storage.Schema.SiteZone}' AND $timeFilter """;

    /// <summary>The greenhouses that are chosen, without the devices of the whole site.</summary>
    public const string Houses = $""" "zone" != '{Pipeline.Storage.Schema.SiteZone}' AND {Here} """;

    /// <summary>Key of the series' name, common to all dashboards (<c>series.KEY</c>); null: only <see cref="Tags"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Tags that stand before the name.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How its series look; null: as the panel says.</summary>
    public SeriesLook? Look { get; init; }

    /// <summary>
    /// The course of a number: <paramref name="select"/> is an aggregate such as <c>mean("vpd")</c>.
    /// </summary>
    /// <param name="select">What is aggregated over <c>$__interval</c>.</param>
    /// <param name="measurement">Where from; may be a variable.</param>
    /// <param name="tags">Tags that make a series each, and name it.</param>
    /// <param name="fill">What stands where nothing is: none, previous, 0.</param>
    /// <param name="where">Which rows.</param>
    public static Query Course(string select, string measurement, string[] tags, string fill = "none", string where = Here) =>
        new($"""SELECT {select} FROM "{measurement}" WHERE {where.Trim()} GROUP BY {string.Join(", ", ["time($__interval)", .. tags.Select(t => $"\"{t}\"")])} fill({fill})""") { Tags = tags };

    /// <summary>The course of a number day by day. A day begins at midnight of the clock that the reader's browser shows, as the axis does.</summary>
    /// <param name="select">What is aggregated over a day.</param>
    /// <param name="measurement">Where from; a subquery stands in parentheses.</param>
    /// <param name="tags">Tags that make a series each, and name it.</param>
    /// <param name="where">Which rows.</param>
    public static Query Days(string select, string measurement, string[] tags, string where = Here) =>
        new($"""SELECT {select} FROM {From(measurement)} WHERE {where.Trim()} GROUP BY {string.Join(", ", ["time(1d)", .. tags.Select(t => $"\"{t}\"")])} fill(none) tz('$__timezone')""") { Tags = tags };

    /// <summary>The newest row of each series.</summary>
    /// <param name="select">Columns; the first is a selector such as <c>last("trust") AS "trust"</c>.</param>
    /// <param name="measurement">Where from; a subquery stands in parentheses.</param>
    /// <param name="tags">Tags that make a row each.</param>
    /// <param name="where">Which rows.</param>
    public static Query Newest(string select, string measurement, string[] tags, string where = Here) =>
        new($"""SELECT {select} FROM {From(measurement)} WHERE {where.Trim()}{(tags.Length > 0 ? $" GROUP BY {string.Join(", ", tags.Select(t => $"\"{t}\""))}" : "")}""");

    /// <summary>The newest rows of a log.</summary>
    public static Query Log(string select, string measurement, int rows = 50, string where = Here) =>
        new($"""SELECT {select} FROM "{measurement}" WHERE {where.Trim()} ORDER BY time DESC LIMIT {rows}""");

    public JsonObject ToJson(int index, bool isTable, Wording words)
    {
        var json = new JsonObject
        {
            ["refId"] = RefId(index),
            ["datasource"] = Source.ToJson(),
            ["rawQuery"] = true,
            ["resultFormat"] = isTable ? "table" : "time_series",
        };
        if (!isTable)
        {
            json["alias"] = string.Join(' ', [.. Tags.Select(t => $"$tag_{t}"), .. Name is null ? (string[])[] : [words.Common($"series.{Name}")]]);
        }

        json["query"] = Text;
        return json;
    }

    public static string RefId(int index) => ((char)('A' + index)).ToString();

    private static string From(string measurement) => measurement.StartsWith('(') ? measurement : $"\"{measurement}\"";
}
