using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>What the machine did last, and whether it helped.</summary>
internal static class Commands
{
    public static TablePanel Last(int width, int height) => new("commands")
    {
        Width = width,
        Height = height,
        Queries = [Query.Log(""" "site", "zone", "actuator", "target", "outcome", "latency_ms", "rule" """.Trim(), Schema.Command, 30)],
        Columns =
        [
            new("Time", GrafanaUnit.Ago) { Heading = "ago", Width = 150 },
            new("zone") { Drill = Drill.Zone, Width = 90 },
            new("actuator") { Width = 140 },
            new("target") { Decimals = 0, Width = 80 },
            new("outcome") { Mappings = States.Outcomes, Width = 150 },
            new("latency_ms", GrafanaUnit.Milliseconds) { Decimals = 1, Width = 100 },
            new("rule"),
            new("site") { Width = 120 },
        ],
    };
}
