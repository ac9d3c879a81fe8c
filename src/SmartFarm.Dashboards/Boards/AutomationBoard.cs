using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Who decides over each actuator now, did its commands have their effect, how fast, and how often was it moved?</summary>
internal static class AutomationBoard
{
    private static readonly string[] ByActuator = ["site", "zone", "actuator"];
    private static readonly string[] Named = ["zone", "actuator"];

    public static Board Board { get; } = new("automation")
    {
        Variables = [Variable.Site, Variable.House, Variable.Actuator],
        Annotations = [Annotation.Alarms, Annotation.Decisions],
        Rows =
        [
            new(
                "now",
                new StatPanel("effect")
                {
                    Width = 6,
                    Height = 5,
                    Unit = GrafanaUnit.Share,
                    Decimals = 0,
                    Steps = Steps.Share,
                    HasCourse = false,
                    Queries = [CommandQueries.EffectShare("zone")],
                },
                new StatPanel("taken")
                {
                    Width = 6,
                    Height = 5,
                    Steps = Steps.Look,
                    HasCourse = false,
                    Newest = Alarms.Newest,
                    NoValue = "nobody_watches",
                    Queries = [Newest("stopped"), Newest("overrides"), Newest("not_remote")],
                },
                new StatPanel("outcomes")
                {
                    Height = 5,
                    HasCourse = false,
                    Queries = [.. States.Outcomes.Select(o => CommandQueries.OfOutcome(o))],
                },
                new TablePanel("authority")
                {
                    Width = 24,
                    Height = 10,
                    NoValue = "none",
                    Newest = "6h",
                    Queries = [Authority("!~"), Authority("=~")],
                    Columns =
                    [
                        new("zone") { Drill = Drill.Zone, Width = 90 },
                        new("actuator") { Width = 140 },
                        new("level") { Mappings = States.Levels, Width = 170 },
                        new("target") { Decimals = 0, Width = 80 },
                        new("source") { Width = 190 },
                        new("reason"),
                        new("losers") { Width = 150 },
                        new("Time", GrafanaUnit.Ago) { Heading = "since", Width = 150 },
                    ],
                },
                new TablePanel("held")
                {
                    Width = 24,
                    Height = 10,
                    NoValue = "none",
                    Newest = Alarms.Newest,
                    Queries = [Query.Newest("""last("mode") AS "mode", "target", "reported", "held", "source" """.Trim(), Schema.Actuator, ByActuator, Running.Chosen)],
                    Columns =
                    [
                        new("zone") { Drill = Drill.Zone, Width = 90 },
                        new("actuator") { Width = 140 },
                        new("target") { Decimals = 0, Width = 100 },
                        new("reported") { Decimals = 0, Width = 100 },
                        new("mode") { Mappings = AutomationWords.Modes, Width = 170 },
                        new("held") { Mappings = AutomationWords.Held },
                        new("source") { Width = 240 },
                        new("Time", GrafanaUnit.Ago) { Heading = "since", Width = 150 },
                    ],
                }),
            CommandRow.Row,
            new(
                "hands",
                new StatePanel("levels")
                {
                    Width = 24,
                    Height = 10,
                    Mappings = States.Levels,
                    Queries = [Query.Course("""last("level")""", Schema.Arbitration, Named, "previous", Running.Chosen)],
                },
                new TablePanel("overrides")
                {
                    Width = 24,
                    NoValue = "no_hands",
                    HasLongTexts = true,
                    Queries =
                    [
                        Query.Log(
                            """ "zone", "actuator", "level", "target", "source", "reason" """.Trim(),
                            Schema.Arbitration,
                            where: $"{Running.Chosen} AND (\"level\" = 'manual' OR \"level\" = 'emergency_stop')"),
                    ],
                    Columns =
                    [
                        new("Time") { Heading = "when", Width = 170 },
                        new("zone") { Width = 90 },
                        new("actuator") { Width = 140 },
                        new("level") { Mappings = States.Levels, Width = 170 },
                        new("target") { Decimals = 0, Width = 80 },
                        new("source") { Heading = "who", Width = 200 },
                        new("reason"),
                    ],
                }),
            new("wear", Running.Moves with { Newest = "7d" }, Running.Hours with { Newest = "7d" }),
            RuleRows.Rules,
            RuleRows.Shadow,
        ],
    };

    /// <summary>The newest decision over each actuator: those not left to the rules stand first.</summary>
    private static Query Authority(string isRule) => Query.Newest(
        """ "level", "source", "target", "reason", "losers" """.Trim(),
        $"""(SELECT last("level") AS "level", "source", "target", "reason", "losers" FROM "{Schema.Arbitration}" WHERE {Running.Chosen} GROUP BY "site", "zone", "actuator")""",
        ByActuator,
        $"$timeFilter AND \"level\" {isRule} /^(rule|default)$/");

    /// <summary>The newest count of each zone, of all zones together.</summary>
    private static Query Newest(string field) =>
        Query.Newest("sum(newest)", $"""(SELECT last("{field}") AS newest FROM "{Schema.Zone}" WHERE {Query.Here.Trim()} GROUP BY "site", "zone")""", [], "$timeFilter") with { Name = field };
}
