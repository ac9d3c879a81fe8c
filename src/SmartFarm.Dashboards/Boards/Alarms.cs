using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Alarms that hold now, the worst first: on the overview of all zones, on the board of one.</summary>
internal static class Alarms
{
    /// <summary>Those that hold are said again every five minutes: what was not said for ten is over, or nobody is there to say it.</summary>
    public const string Newest = "10m";

    public static TablePanel Open(int height) => new("alarms")
    {
        Width = 24,
        Height = height,
        Newest = Newest,
        NoValue = "no_alarms",
        HasLongTexts = true,
        Queries = [Of("critical"), Of("warning"), Of("info")],
        Columns =
        [
            new("severity") { Mappings = States.Severities, IsFilled = true, Width = 100 },
            new("zone") { Drill = Drill.Zone, Width = 70 },
            new("text") { MinWidth = 260 },
            new("held_s", GrafanaUnit.Duration) { NoValue = "none", Decimals = 0, Width = 120 },
            new("acknowledged") { Mappings = States.Acknowledged, Width = 120 },
            new("code") { Width = 170 },
            new("site") { Width = 120 },
        ],
    };

    private static Query Of(string severity) => new(
        $"""SELECT "raised", "text", "held_s", "acknowledged" FROM (SELECT last("raised") AS "raised", "text", "held_s", "acknowledged" FROM "{Schema.Alarm}" WHERE "severity" = '{severity}' AND {Query.Here.Trim()} GROUP BY "site", "zone", "severity", "code") WHERE "raised" = 1 GROUP BY "site", "zone", "severity", "code" """.Trim());
}
