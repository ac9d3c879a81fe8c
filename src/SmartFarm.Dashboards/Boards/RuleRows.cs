using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Which rules decide, and what those in shadow would do instead.</summary>
internal static class RuleRows
{
    private static readonly string[] ByActuator = ["site", "zone", "actuator"];
    private static readonly string[] Named = ["zone", "actuator"];

    public static Row Rules { get; } = new(
        "rules",
        new TablePanel("busiest")
        {
            Width = 9,
            Height = 10,
            SortedBy = [("decisions", true)],
            Queries = [Query.Newest("""count("truth") AS "decisions" """.Trim(), Schema.Decision, ["site", "zone", "rule"])],
            Columns = [new("zone") { Drill = Drill.Zone, Width = 90 }, new("rule"), new("decisions", GrafanaUnit.None) { Decimals = 0, Width = 110 }],
        },
        new TablePanel("decisions")
        {
            Width = 15,
            Height = 10,
            NoValue = "none",
            HasLongTexts = true,
            Queries = [Query.Log(""" "zone", "rule", "truth", "target", "text" """.Trim(), Schema.Decision, 100)],
            Columns =
            [
                new("Time") { Heading = "when", Width = 170 },
                new("zone") { Width = 90 },
                new("rule") { Width = 200 },
                new("truth") { Mappings = States.Truths, Width = 120 },
                new("target") { Decimals = 0, Width = 80 },
                new("text") { Heading = "reason" },
            ],
        });

    public static Row Shadow { get; } = new(
        "shadow",
        new StatePanel("shadow_course")
        {
            Width = 24,
            Height = 7,
            NoValue = "no_shadow",
            Mappings = AutomationWords.Differs,
            Queries = [Query.Course("""last("differs")""", Schema.Shadow, Named, "previous", Running.Chosen)],
        },
        new TablePanel("shadow_now")
        {
            Width = 24,
            NoValue = "no_shadow",
            HasLongTexts = true,
            Queries =
                [Query.Newest("""last("differs") AS "differs", "production", "target", "source", "reason", "version" """.Trim(), Schema.Shadow, ByActuator, Running.Chosen)],
            Columns =
            [
                new("zone") { Drill = Drill.Zone, Width = 90 },
                new("actuator") { Width = 140 },
                new("differs") { Mappings = AutomationWords.Differs, Width = 150 },
                new("production") { Decimals = 0, Width = 130 },
                new("target") { Heading = "shadow_target", Decimals = 0, Width = 130 },
                new("source") { Width = 220 },
                new("reason"),
                new("version") { Decimals = 0, Width = 90 },
                new("Time", GrafanaUnit.Ago) { Heading = "since", Width = 150 },
            ],
        });
}
