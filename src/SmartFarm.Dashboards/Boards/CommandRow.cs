using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Commands from decision to effect.</summary>
internal static class CommandRow
{
    private static readonly string[] Named = ["zone", "actuator"];

    public static Row Row { get; } = new(
        "commands",
        new TablePanel("troubles") { Width = 18, HasLongTexts = true, NoValue = "no_trouble", Queries = [Log(CommandQueries.Troubled)], Columns = Columns() },
        new BarGaugePanel("effect_actuators")
        {
            Width = 6,
            Unit = GrafanaUnit.Share,
            Decimals = 0,
            Scale = (0, 1),
            Steps = Steps.Share,
            Queries = [CommandQueries.EffectShare(Named)],
        },
        new CoursePanel("outcomes_course")
        {
            IsBars = true,
            IsStacked = true,
            Decimals = 0,
            Interval = "5m",
            Calculations = ["sum"],
            Queries = [.. States.Outcomes.Select(CommandQueries.CourseOfOutcome)],
        },
        new CoursePanel("latency")
        {
            Unit = GrafanaUnit.Milliseconds,
            Scale = (0, null),
            HasPowersOfTen = true,
            Interval = "5m",
            HasPoints = true,
            Calculations = ["lastNotNull", "mean", "max"],
            Queries = [Percentile("latency_ms", 95, Named)],
        },
        new CoursePanel("steps")
        {
            Unit = GrafanaUnit.Milliseconds,
            Scale = (0, null),
            HasPowersOfTen = true,
            Interval = "5m",
            HasPoints = true,
            Calculations = ["lastNotNull", "mean", "max"],
            Queries =
            [
                Percentile("decided_ms", 95) with { Name = "decided" }, Percentile("published_ms", 95) with { Name = "published" }, Percentile("answered_ms", 95) with { Name = "answered" },
                Percentile("latency_ms", 50) with { Name = "effect_half" }, Percentile("latency_ms", 95) with { Name = "effect_most" },
            ],
        },
        new CoursePanel("worker")
        {
            Unit = GrafanaUnit.Milliseconds,
            Scale = (0, null),
            HasPowersOfTen = true,
            Calculations = ["lastNotNull", "max"],
            Queries =
            [
                OfWorker("command_published_p50_ms", "published_half"), OfWorker("command_published_p99_ms", "published_most"),
                OfWorker("command_confirmed_p50_ms", "confirmed_half"), OfWorker("command_confirmed_p99_ms", "confirmed_most"),
            ],
        },
        new TablePanel("log") { Width = 24, NoValue = "none", Height = 12, HasLongTexts = true, Queries = [Log(Running.Chosen, 100)], Columns = Columns() });

    private static Query Percentile(string field, int percent, params string[] tags) => Query.Course($"percentile(\"{field}\", {percent})", Schema.Command, tags, where: Running.Chosen);

    private static Query OfWorker(string field, string name) => Query.Course($"max(\"{field}\")", Schema.Worker, [], where: "$timeFilter") with { Name = name };

    private static Query Log(string where, int rows = 50) =>
        Query.Log(""" "site", "zone", "actuator", "target", "outcome", "latency_ms", "rule", "reason" """.Trim(), Schema.Command, rows, where);

    private static Column[] Columns() =>
    [
        new("Time") { Heading = "when", Width = 170 },
        new("zone") { Drill = Drill.Zone, Width = 90 },
        new("actuator") { Width = 140 },
        new("target") { Decimals = 0, Width = 80 },
        new("outcome") { Mappings = States.Outcomes, Width = 150 },
        new("latency_ms", GrafanaUnit.Milliseconds) { Decimals = 1, Width = 110 },
        new("rule") { Width = 200 },
        new("reason"),
    ];
}
