using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>What zones used and got per square metre, day by day.</summary>
internal static class DayPanels
{
    public const string WaterPerM2 = """sum("water") / last("area")""";
    public const string DrainPerM2 = """sum("drain") / last("area")""";
    public const string DrainShare = """sum("drain") / sum("water")""";
    public const string PerJoule = """1000 * sum("water") / last("area") / sum("radiation")""";
    public const string HeatPerM2 = """sum("heat") / last("area")""";
    public const string ElectricityPerM2 = """sum("electricity") / last("area")""";
    public const string Co2PerM2 = """sum("co2") / last("area")""";
    public const string Radiation = """sum("radiation")""";
    public const string Light = """sum("light")""";

    /// <summary>Tags that make a row or series each.</summary>
    public static readonly string[] ByZone = ["site", "zone"];

    /// <summary>A share of nothing, as before the first water or light of the day.</summary>
    public static readonly Mapping[] NoneYet = [new(0, null, "none_yet", "text")];

    /// <summary>The newest day of each zone, with the days before it behind.</summary>
    public static StatPanel Today(string key, string select, string unit, int decimals) =>
        new(key) { Width = 6, Height = 5, Newest = "7d", NoValue = "no_meter", Unit = unit, Decimals = decimals, Queries = [Query.Days(select, Schema.Usage, ByZone) with { Tags = ["zone"] }] };

    /// <summary>Zones beside each other, day by day.</summary>
    public static CoursePanel Days(string key, string select, string unit) => new(key)
    {
        Width = 8,
        HasPoints = true,
        NoValue = "no_meter",
        LongestGapMs = 2 * 86_400_000,
        Unit = unit,
        Decimals = 2,
        Scale = (0, null),
        Calculations = ["lastNotNull", "mean", "max"],
        Queries = [Query.Days(select, Schema.Usage, ByZone) with { Tags = ["zone"] }],
    };

    /// <summary>Zones beside each other by a share of each day: days with nothing to divide by, as before the first light, are left out, where InfluxDB would say 0.</summary>
    public static CoursePanel Shares(string key, string part, string whole, string unit) => Days(key, "", unit) with
    {
        Queries =
        [
            Query.Days("last(part) / last(whole)", $"({Query.Days($"{part} AS part, {whole} AS whole", Schema.Usage, ByZone).Text})", ByZone, "$timeFilter AND whole > 0") with { Tags = ["zone"] },
        ],
    };

    /// <summary>One zone, day by day: its row is repeated.</summary>
    public static CoursePanel Bars(string key, string unit, params Query[] queries) =>
        new(key) { Height = 9, IsBars = true, Unit = unit, Decimals = 2, Scale = (0, null), Calculations = ["lastNotNull", "mean", "max"], Queries = queries };

    public static Query Day(string select, string name, SeriesLook look) => Query.Days(select, Schema.Usage, []) with { Name = name, Look = look };
}
