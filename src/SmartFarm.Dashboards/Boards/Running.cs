using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>How long actuators ran and how often they were moved, day by day: what wears out motors, relays and pumps.</summary>
internal static class Running
{
    private static readonly string[] ByActuator = ["zone", "actuator"];

    /// <summary>The actuators that are chosen.</summary>
    public static readonly string Chosen = $"{Query.Here.Trim()} AND \"actuator\" =~ /^$actuator$/";

    /// <summary>Commands that moved something, for all that is known.</summary>
    private static readonly string Moved = $"{Chosen} AND \"outcome\" =~ /^(succeeded|no_effect|failed|timed_out)$/";

    /// <summary>
    /// Hours at more than nothing, by the controller's own word, so that a run by hand counts too: looked at once a minute, because reports come when they
    /// change and in between only every few minutes.
    /// </summary>
    public static CoursePanel Hours { get; } = Days(
        "hours",
        GrafanaUnit.Hours,
        Query.Days(
            "count(position) / 60",
            $"""(SELECT last("reported") AS position FROM "{Schema.Actuator}" WHERE {Chosen} GROUP BY time(1m), "zone", "actuator" fill(previous))""",
            ByActuator,
            "$timeFilter AND position > 0"));

    /// <summary>Commands to more than nothing.</summary>
    public static CoursePanel Starts { get; } = Days("starts", GrafanaUnit.PerDay, Query.Days("""count("target")""", Schema.Command, ByActuator, $"{Moved} AND \"target\" > 0"));

    /// <summary>Commands that moved it, in either direction.</summary>
    public static CoursePanel Moves { get; } = Days("moves", GrafanaUnit.PerDay, Query.Days("""count("target")""", Schema.Command, ByActuator, Moved));

    private static CoursePanel Days(string key, string unit, Query query) => new(key)
    {
        IsBars = true,
        IsStacked = true,
        Height = 10,
        Unit = unit,
        Decimals = 1,
        Scale = (0, null),
        Calculations = ["lastNotNull", "mean", "max"],
        LegendSortedBy = "Max",
        Queries = [query],
    };
}
