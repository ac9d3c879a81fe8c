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
                    OutOfBand,
                    Alarms.Open(6),
                    .. ZoneClimate.Panels,
                    Positions,
                    Moves,
                    Gap,
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
            Tile("alarms", new() { Steps = Steps.Look, Decimals = 0 }),
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

    private static StatPanel OutOfBand => new("out_of_band")
    {
        Width = 24,
        Height = 5,
        Newest = Alarms.Newest,
        HasCourse = false,
        IsFilled = true,
        Steps = Steps.Deviation,
        Mappings = States.Deviations,
        Queries =
        [
            .. Deviations.Judged.Select(q => Query.Newest($"last(\"{Schema.DeviationOf(q.Name)}\")", Schema.Climate, Place) with
            {
                Name = q.Name, Look = new() { Unit = Deviations.UnitOf(q), Decimals = Deviations.DecimalsOf(q) },
            }),
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
        Width = 15,
        Height = 9,
        HasShortLegend = true,
        Decimals = 0,
        Calculations = ["lastNotNull"],
        LongestGapMs = 900_000,
        Queries =
        [
            Query.Course("""last("target")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Name = "asked", Tags = ["actuator"], Look = new() { IsDashed = true, IsSteps = true } },
            Query.Course("""last("reported")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Name = "reported", Tags = ["actuator"], Look = new() { IsSteps = true } },
        ],
    };

    private static CoursePanel Gap => new("gap")
    {
        Width = 9,
        Height = 9,
        Decimals = 0,
        HasShortLegend = true,
        Calculations = ["lastNotNull"],
        LongestGapMs = 900_000,
        Queries = [Query.Course("""last("target") - last("reported")""", Schema.Actuator, [.. Place, "actuator"], "previous") with { Tags = ["actuator"], Look = new() { IsSteps = true } }],
    };

    /// <summary>Said again at least every hour. What rules decide comes after what keeps them from it.</summary>
    private static TablePanel Why => new("why")
    {
        Width = 24,
        Height = 11,
        Newest = "2h",
        HasLongTexts = true,
        Queries = [Holders("!~"), Holders("=~")],
        Columns =
        [
            new("actuator") { Width = 130 },
            new("target") { Decimals = 0, Width = 70 },
            new("level") { Mappings = States.Levels, Width = 140 },
            new("reason") { MinWidth = 260 },
            new("source") { Width = 200 },
            new("losers") { NoValue = "none", Width = 260 },
            new("Time", GrafanaUnit.Ago) { Heading = "since", Width = 150 },
        ],
    };

    private static TablePanel Decisions => new("decisions")
    {
        Width = 24,
        Height = 9,
        HasLongTexts = true,
        Queries = [Query.Log(""" "rule", "truth", "target", "text" """.Trim(), Schema.Decision, 40, $"\"rule\" !~ /@band$/ AND {Query.Here.Trim()}")],
        Columns =
        [
            new("Time", GrafanaUnit.Ago) { Heading = "ago", Width = 150 },
            new("truth") { Mappings = States.Truths, Width = 90 },
            new("text") { MinWidth = 260 },
            new("target") { Decimals = 0, Width = 70 },
            new("rule") { Width = 180 },
        ],
    };

    private static TablePanel AlarmLog => new("alarm_log")
    {
        Width = 24,
        Height = 8,
        NoValue = "no_alarms",
        HasLongTexts = true,
        Queries = [Query.Log(""" "state", "severity", "code", "text" """.Trim(), Schema.Alarm, 40, $"\"state\" =~ /./ AND {Query.Here.Trim()}")],
        Columns =
        [
            new("Time", GrafanaUnit.Ago) { Heading = "ago", Width = 150 },
            new("state") { Mappings = States.Alarms, Width = 110 },
            new("severity") { Mappings = States.Severities, Width = 100 },
            new("text") { MinWidth = 260 },
            new("code") { Width = 140 },
        ],
    };

    private static CoursePanel Trust => new("trust")
    {
        Width = 24,
        Height = 6,
        Unit = GrafanaUnit.Share,
        Decimals = 0,
        Scale = (0, null),
        Queries =
        [
            Query.Course("""min("trust")""", Schema.Zone, Place) with { Name = "trust", Tags = [] },
            Query.Course("""max("age_s")""", Schema.Zone, Place) with { Name = "age_s", Tags = [], Look = new() { Color = "orange", RightUnit = GrafanaUnit.Duration, Decimals = 0 } },
        ],
    };

    private static Query Holders(string match) => new(
        $"""SELECT "target", "level", "source", "reason", "losers" FROM (SELECT last("target") AS "target", "level", "source", "reason", "losers" FROM "{Schema.Arbitration}" WHERE {Query.Here.Trim()} GROUP BY "site", "zone", "actuator") WHERE "level" {match} /^(rule|default)$/ GROUP BY "site", "zone", "actuator" """.Trim());

    private static Query Tile(string field, SeriesLook look) => Query.Newest($"last(\"{field}\")", Schema.Zone, Place) with { Name = field, Look = look };
}
