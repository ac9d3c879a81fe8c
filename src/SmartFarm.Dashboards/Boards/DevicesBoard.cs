using System.Text.Json;
using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Which device is to be visited, and can its values be believed?</summary>
internal static class DevicesBoard
{
    private static readonly string[] ByDevice = ["site", "zone", "device"];

    /// <summary>A minute off shifts a measured value in every report; five seconds are seen by nobody.</summary>
    private static readonly Steps ClockSteps = new("text", (-1e9, "red"), (-60, "orange"), (-5, "green"), (5, "orange"), (60, "red"));

    private static readonly IReadOnlyList<Mapping> Silence = [new(0, null, "heard", "green"), new(1, null, "silent", "red")];

    private static readonly IReadOnlyList<Mapping> Judgements = [.. new[] { (Flag.Suspect, "orange"), (Flag.Fail, "red"), (Flag.Missing, "purple") }
        .Select(f => new Mapping((double)f.Item1, null, $"flag_{(int)f.Item1}", f.Item2))];

    /// <summary>As the counters of the worker are called.</summary>
    private static readonly IReadOnlyList<string> Refusals = [.. Enum.GetNames<RejectReason>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static Board Board { get; } = new("devices")
    {
        Variables = [Variable.Site, Variable.Zone, Variable.Quantity],
        Rows =
        [
            new(
                "now",
                Tile("silent", Sum("last", "silent", Schema.Device, ByDevice)) with { Steps = Steps.Count },
                Tile("bad", Sum("last", "sensors_bad", Schema.Zone, ["site", "zone"])) with { Steps = Steps.Count },
                Tile("trust", $"""SELECT min("trust") FROM (SELECT last("trust") AS "trust" FROM "climate" WHERE {Query.Here.Trim()} GROUP BY "site", "zone")""")
                    with { Steps = Steps.Share, Unit = GrafanaUnit.Share, Decimals = 0 },
                Tile("flagged", $"""SELECT count("flag") FROM "quality" WHERE {Query.Here.Trim()}""") with { Steps = Steps.Look, NoValue = "state.none" },
                Tile("missing", Sum("spread", "missing", Schema.Device, ByDevice)) with { Steps = Steps.Look },
                Tile("quarantined", Sum("spread", "quarantined", Schema.Device, ByDevice)) with { Steps = Steps.Look },
                new TablePanel("devices")
                {
                    Width = 24,
                    Height = 10,
                    Queries = [Query.Newest("""last("silent") AS "silent", "age_s", "clock_offset_s", "missing", "quarantined" """.Trim(), Schema.Device, ByDevice)],
                    SortedBy = [("silent", true), ("age_s", true)],
                    Columns =
                    [
                        new("silent") { Heading = "heard", Mappings = Silence, IsFilled = true, Width = 120 },
                        new("device"),
                        new("zone") { Drill = Drill.Zone },
                        new("site"),
                        new("age_s", GrafanaUnit.Clock) { Heading = "age" },
                        new("clock_offset_s", GrafanaUnit.Seconds) { Decimals = 1, Steps = ClockSteps },
                        new("missing") { Steps = Steps.Look },
                        new("quarantined") { Steps = Steps.Look },
                    ],
                }),
            new(
                "quality",
                Flags("by_check", "check"),
                Flags("by_quantity", "quantity"),
                new TablePanel("where")
                {
                    Width = 8,
                    Height = 10,
                    Queries = [Query.Newest("""count("flag") AS "count" """.Trim(), Schema.Quality, ["zone", "device", "quantity", "check"])],
                    SortedBy = [("count", true)],
                    NoValue = "state.none",
                    Columns = [new("count") { Steps = Steps.Look, Width = 80 }, new("device") { Width = 110 }, new("quantity") { Width = 150 }, new("check")],
                },
                new TablePanel("flags")
                {
                    Width = 16,
                    Height = 10,
                    Queries = [Query.Log("\"zone\", \"device\", \"quantity\", \"check\", \"flag\", \"value\", \"detail\"", Schema.Quality)],
                    NoValue = "state.none",
                    HasLongTexts = true,
                    Columns =
                    [
                        new("Time", GrafanaUnit.Ago) { Heading = "when", Width = 130 },
                        new("flag") { Mappings = Judgements, Width = 120 },
                        new("zone") { Width = 80 },
                        new("device") { Width = 110 },
                        new("quantity") { Width = 130 },
                        new("check") { Width = 80 },
                        new("value") { Decimals = 2, Width = 90 },
                        new("detail"),
                    ],
                }),
            new(
                "twins",
                new CoursePanel("twins")
                {
                    Width = 16,
                    Height = 11,
                    Decimals = 2,
                    Queries = [Query.Course("mean(\"$quantity\")", Schema.Telemetry, ["zone", "device", "position"])],
                    Calculations = ["lastNotNull", "mean", "min", "max"],
                },
                new CoursePanel("trusts")
                {
                    Width = 8,
                    Height = 11,
                    Unit = GrafanaUnit.Share,
                    Scale = (0, 1),
                    Steps = Steps.Share,
                    HasLines = true,
                    Queries = [Query.Course("min(\"trust\")", Schema.Climate, ["site", "zone"])],
                    Calculations = ["lastNotNull", "min"],
                    Drill = Drill.Zone,
                }),
            new(
                "power",
                new TablePanel("batteries")
                {
                    Width = 8,
                    Queries = [Query.Newest("last(\"battery\") AS \"battery\"", Schema.Telemetry, ByDevice)],
                    SortedBy = [("battery", false)],
                    Columns = [new("device"), new("zone") { Width = 80 }, new("battery", GrafanaUnit.Of(Quantities.Battery)) { Decimals = 2, Width = 100 }],
                },
                Course("battery", Query.Course("min(\"battery\")", Schema.Telemetry, ByDevice), GrafanaUnit.Of(Quantities.Battery)),
                Course("signal", Query.Course("min(\"rssi\")", Schema.Telemetry, ByDevice), GrafanaUnit.Of(Quantities.Rssi))),
            new(
                "ledger",
                new TablePanel("ledger")
                {
                    Width = 24,
                    Height = 10,
                    Queries = [Query.Newest("last(\"received\") AS \"received\", \"stored\", \"duplicate\", \"quarantined\", \"late\", \"missing\"", Schema.Device, ByDevice)],
                    SortedBy = [("missing", true), ("quarantined", true)],
                    Columns =
                    [
                        new("device"),
                        new("zone"),
                        new("missing") { Steps = Steps.Look },
                        new("quarantined") { Steps = Steps.Look },
                        new("late"),
                        new("duplicate"),
                        new("stored"),
                        new("received"),
                    ],
                },
                Course("clock", Query.Course("mean(\"clock_offset_s\")", Schema.Device, ByDevice), GrafanaUnit.Seconds) with { Width = 12 },
                Bars("losses", [Query.Course("non_negative_difference(max(\"missing\"))", Schema.Device, ByDevice)]),
                Bars("reasons", [.. Refusals.Select(r => Query.Course($"non_negative_difference(last(\"rejected_{r}\"))", Schema.Worker, [], where: "$timeFilter") with { Name = r })])
                    with { Width = 24, Height = 10 }),
        ],
    };

    private static string Sum(string aggregate, string field, string measurement, string[] tags) =>
        $"""SELECT sum("{field}") FROM (SELECT {aggregate}("{field}") AS "{field}" FROM "{measurement}" WHERE {Query.Here.Trim()} GROUP BY {string.Join(", ", tags.Select(t => $"\"{t}\""))})""";

    private static StatPanel Tile(string key, string query) =>
        new(key) { Width = 4, Height = 4, IsFilled = true, HasCourse = false, Queries = [new(query)] };

    private static CoursePanel Flags(string key, string tag) => Bars(key, [Query.Course("count(\"flag\")", Schema.Quality, [tag])]) with { NoValue = "state.none" };

    private static CoursePanel Bars(string key, IReadOnlyList<Query> queries) =>
        new(key) { IsBars = true, IsStacked = true, Queries = queries, Calculations = ["sum"], LegendSortedBy = "Total" };

    private static CoursePanel Course(string key, Query query, string unit) =>
        new(key) { Width = 8, Queries = [query], Unit = unit, Calculations = ["lastNotNull", "min", "max"], LongestGapMs = 7_200_000 };
}
