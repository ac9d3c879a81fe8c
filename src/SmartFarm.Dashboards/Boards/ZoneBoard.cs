using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>One greenhouse: where its climate is and should be, what the machine does about it, and why.</summary>
internal static class ZoneBoard
{
    private static readonly string[] Place = ["site", "zone"];

    public static Board Board { get; } = new("zone")
    {
        Variables = [Variable.Site, Variable.House, Variable.Detail],
        Annotations = [Annotation.Alarms, Annotation.Decisions],
        LongRanges = [("last_day", "now-24h", "climate"), ("last_week", "now-7d", "climate_15m"), ("last_quarter", "now-90d", "climate_1h")],
        Rows =
        [
            new(
                "house",
                [
                    State,
                    Control,
                    Alarms.Open(5),
                    .. ZoneClimate.Panels,
                    Positions,
                    Moves,
                    Why,
                    Commands.Last(24, 8),
                    Decisions,
                    AlarmLog,
                    Trust,
                ])
            {
                Repeat = "zone",
            },
        ],
    };

    private static StatPanel State => new("state")
    {
        Height = 4,
        Newest = Alarms.Newest,
        NoValue = "nobody_watches",
        HasCourse = false,
        IsFilled = true,
        Queries =
        [
            Tile("status", new() { Mappings = States.OfZone }),
            Tile("alarms", new() { Steps = Steps.Count, Decimals = 0 }),
            Tile("in_band", new() { Unit = GrafanaUnit.Share, Steps = Steps.Share, Decimals = 0 }),
            Tile("age_s", new() { Unit = GrafanaUnit.Duration, Steps = Steps.Age, Decimals = 0 }),
        ],
    };

    private static StatPanel Control => new("control")
    {
        Height = 4,
        Newest = Alarms.Newest,
        NoValue = "nobody_watches",
        HasCourse = false,
        Queries =
        [
            Tile("trust", new() { Unit = GrafanaUnit.Share, Steps = Steps.Share, Decimals = 0 }),
            Tile("stopped", new() { Mappings = Mapping.YesIsBad }),
            Tile("overrides", new() { Steps = Steps.Look, Decimals = 0 }),
            Tile("not_remote", new() { Steps = Steps.Look, Decimals = 0 }),
        ],
    };

    private static StatePanel Positions => new("positions")
    {
        Width = 24,
        Height = 9,
        Mappings = Mapping.Positions,
        Queries = [Query.Course("""last("reported")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Tags = ["actuator"] }],
    };

    private static CoursePanel Moves => new("moves")
    {
        Width = 24,
        Height = 9,
        Decimals = 0,
        Calculations = ["lastNotNull"],
        LongestGapMs = 900_000,
        Queries =
        [
            Query.Course("""last("target")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Name = "asked", Tags = ["actuator"], Look = new() { IsDashed = true, IsSteps = true } },
            Query.Course("""last("reported")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Name = "reported", Tags = ["actuator"], Look = new() { IsSteps = true } },
        ],
    };

    /// <summary>Said again at least every hour.</summary>
    private static TablePanel Why => new("why")
    {
        Width = 24,
        Height = 11,
        Newest = "2h",
        NoValue = "none",
        HasLongTexts = true,
        Queries = [Query.Newest("""last("target") AS "target", "level", "source", "reason", "losers" """.Trim(), Schema.Arbitration, [.. Place, "actuator"])],
        Columns =
        [
            new("actuator") { Width = 130 },
            new("target") { Decimals = 0, Width = 70 },
            new("level") { Mappings = States.Levels, Width = 140 },
            new("reason"),
            new("source") { Width = 200 },
            new("losers") { Width = 260 },
            new("Time", GrafanaUnit.Ago) { Heading = "since", Width = 120 },
        ],
    };

    private static TablePanel Decisions => new("decisions")
    {
        Height = 9,
        HasLongTexts = true,
        Queries = [Query.Log(""" "rule", "truth", "target", "text" """.Trim(), Schema.Decision, 40, $"\"rule\" !~ /@band$/ AND {Query.Here.Trim()}")],
        Columns =
        [
            new("Time", GrafanaUnit.Ago) { Heading = "ago", Width = 120 },
            new("truth") { Mappings = States.Truths, Width = 90 },
            new("text"),
            new("target") { Decimals = 0, Width = 70 },
            new("rule") { Width = 180 },
        ],
    };

    private static TablePanel AlarmLog => new("alarm_log")
    {
        Height = 9,
        NoValue = "no_alarms",
        HasLongTexts = true,
        Queries = [Query.Log(""" "state", "severity", "code", "text" """.Trim(), Schema.Alarm, 40, $"\"state\" =~ /./ AND {Query.Here.Trim()}")],
        Columns =
        [
            new("Time", GrafanaUnit.Ago) { Heading = "ago", Width = 120 },
            new("state") { Mappings = States.Alarms, Width = 110 },
            new("severity") { Mappings = States.Severities, Width = 100 },
            new("text"),
            new("code") { Width = 140 },
        ],
    };

    private static CoursePanel Trust => new("trust")
    {
        Width = 24,
        Height = 6,
        Unit = GrafanaUnit.Share,
        Decimals = 0,
        Scale = (0, 1),
        Queries =
        [
            Query.Course("""min("trust")""", Schema.Zone, Place) with { Name = "trust", Tags = [] },
            Query.Course("""max("age_s")""", Schema.Zone, Place) with { Name = "age_s", Tags = [], Look = new() { Color = "orange", RightUnit = GrafanaUnit.Duration, Decimals = 0 } },
        ],
    };

    private static Query Tile(string field, SeriesLook look) => Query.Newest($"last(\"{field}\")", Schema.Zone, Place) with { Name = field, Look = look };
}
