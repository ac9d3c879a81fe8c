using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Is every greenhouse all right now, and if not, which, and what is to be done?</summary>
internal static class OverviewBoard
{
    private static readonly string[] Place = ["site", "zone"];
    private static readonly Quantity[] Judged = [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Vpd, Quantities.Co2];
    private static readonly Quantity[] Weather = [Quantities.AirTemperature, Quantities.SolarRadiation, Quantities.WindSpeed, Quantities.RainRate];

    public static Board Board { get; } = new("overview")
    {
        From = "now-6h",
        Variables = [Variable.Site, Variable.House],
        Rows =
        [
            new("now", Status, Alarms.Open(7)),
            new("zones", Zones, Climate),
            new("machine", Commands.Last(24, 8)),
            new("courses", Deviation(Quantities.AirTemperature), Deviation(Quantities.RelativeHumidity), Deviation(Quantities.Co2)),
            new("weather", WeatherNow, Sun, Wind),
        ],
    };

    private static StatPanel Status => new("status")
    {
        Width = 24,
        Height = 5,
        Newest = Alarms.Newest,
        NoValue = "nobody_watches",
        IsFilled = true,
        HasCourse = false,
        Mappings = States.OfZone,
        Drill = Drill.Zone,
        Queries = [Query.Newest("""last("status")""", Schema.Zone, Place) with { Tags = Place }],
    };

    private static TablePanel Zones => new("zones")
    {
        Width = 24,
        Height = 6,
        Newest = Alarms.Newest,
        Queries =
        [
            Query.Newest(
                """last("status") AS "status", "age_s", "trust", "in_band", "alarms", "alarms_unacknowledged", "overrides", "stopped", "not_remote", "sensors_bad" """.Trim(), Schema.Zone, Place),
        ],
        Columns =
        [
            new("zone") { Drill = Drill.Zone },
            new("status") { Mappings = States.OfZone, IsFilled = true },
            new("in_band", GrafanaUnit.Share) { Decimals = 0, Steps = Steps.Share },
            new("trust", GrafanaUnit.Share) { Decimals = 0, Steps = Steps.Share },
            new("age_s", GrafanaUnit.Duration) { Decimals = 0, Steps = Steps.Age },
            new("alarms") { Steps = Steps.Count },
            new("alarms_unacknowledged") { Steps = Steps.Count },
            new("overrides") { Steps = Steps.Look },
            new("stopped") { Mappings = Mapping.YesIsBad },
            new("not_remote") { Steps = Steps.Look },
            new("sensors_bad") { Steps = Steps.Look },
            new("site"),
        ],
    };

    private static TablePanel Climate => new("climate")
    {
        Width = 24,
        Height = 6,
        Newest = Alarms.Newest,
        Queries =
        [
            Query.Newest("""last("trust") AS "trust", "air_temperature", "relative_humidity", "vpd", "co2" """.Trim(), Schema.Climate, Place),
            Query.Newest(string.Join(", ", Judged.Select(q => $"last(\"{q.Name}_deviation\") AS \"{q.Name}_deviation\"")), Schema.Climate, Place),
        ],
        Columns =
        [
            new("zone") { Drill = Drill.Zone },
            .. Judged.SelectMany(q => new Column[]
            {
                new(q.Name, GrafanaUnit.Of(q)) { Decimals = DecimalsOf(q) },
                new($"{q.Name}_deviation", UnitOf(q)) { Decimals = DecimalsOf(q), Steps = Steps.Deviation, Mappings = States.Deviations },
            }),
            new("site"),
        ],
    };

    private static StatPanel WeatherNow => new("weather_now")
    {
        Width = 24,
        Height = 4,
        Queries = [.. Weather.Select(q => Outside(q) with { Look = new() { Unit = GrafanaUnit.Of(q), Decimals = q == Quantities.SolarRadiation ? 0 : 1 } })],
    };

    private static CoursePanel Sun => new("sun")
    {
        Unit = GrafanaUnit.Of(Quantities.AirTemperature),
        Decimals = 1,
        Queries = [Outside(Quantities.AirTemperature), Outside(Quantities.SolarRadiation) with { Look = new() { Color = "yellow", RightUnit = GrafanaUnit.Of(Quantities.SolarRadiation), Decimals = 0 } }],
    };

    private static CoursePanel Wind => new("wind")
    {
        Unit = GrafanaUnit.Of(Quantities.WindSpeed),
        Decimals = 1,
        Scale = (0, null),
        Queries = [Outside(Quantities.WindSpeed), Outside(Quantities.RainRate) with { Look = new() { Color = "blue", IsBars = true, RightUnit = GrafanaUnit.Of(Quantities.RainRate), Decimals = 1 } }],
    };

    private static CoursePanel Deviation(Quantity quantity) => new($"{quantity.Name}_deviation")
    {
        Width = 8,
        Unit = UnitOf(quantity),
        Decimals = DecimalsOf(quantity),
        Calculations = ["lastNotNull"],
        Queries = [Query.Course($"mean(\"{quantity.Name}_deviation\")", Schema.Climate, Place)],
    };

    private static Query Outside(Quantity quantity) =>
        Query.Course($"mean(\"{quantity.Name}\")", Schema.Climate, ["site"], where: Query.Outside) with { Name = quantity.Name };

    private static string UnitOf(Quantity quantity) => quantity == Quantities.AirTemperature ? GrafanaUnit.Kelvin : GrafanaUnit.Of(quantity);

    private static int DecimalsOf(Quantity quantity) => quantity == Quantities.Vpd ? 2 : quantity == Quantities.AirTemperature ? 1 : 0;
}
