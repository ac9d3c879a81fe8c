using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Is every greenhouse all right now, and if not, which, and what is to be done?</summary>
internal static class OverviewBoard
{
    private static readonly string[] Place = ["site", "zone"];
    private static readonly Quantity[] Weather = [Quantities.AirTemperature, Quantities.SolarRadiation, Quantities.WindSpeed, Quantities.RainRate];

    public static Board Board { get; } = new("overview")
    {
        From = "now-6h",
        Variables = [Variable.Site, Variable.House],
        Rows =
        [
            new("now", Status, Alarms.Open(8)),
            new("zones", Zones, Climate),
            new("machine", Commands.Last(24, 8)),
            new("courses", Deviation(Quantities.AirTemperature), Deviation(Quantities.RelativeHumidity), Deviation(Quantities.Co2), Deviation(Quantities.SoilMoisture)),
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
                """last("status") AS "status", "age_s", "trust", "in_band", "alarms", "alarms_unacknowledged", "overrides", "stopped", "not_remote", "sensors_bad" """.Trim(), Schema.Zone, Place, Query.Houses),
        ],
        Columns =
        [
            new("zone") { Drill = Drill.Zone, Width = 90 },
            new("status") { Width = 110, Mappings = States.OfZone, IsFilled = true },
            new("in_band", GrafanaUnit.Share) { Width = 100, Decimals = 0, Steps = Steps.Share },
            new("trust", GrafanaUnit.Share) { Width = 90, Decimals = 0, Steps = Steps.Share },
            new("age_s", GrafanaUnit.Duration) { Width = 130, Decimals = 0, Steps = Steps.Age },
            new("alarms") { Width = 90, Steps = Steps.Look },
            new("alarms_unacknowledged") { Width = 145, Steps = Steps.Look },
            new("overrides") { Width = 100, Steps = Steps.Look },
            new("stopped") { Width = 140, Mappings = Mapping.YesIsBad },
            new("not_remote") { Width = 145, Steps = Steps.Look },
            new("sensors_bad") { Width = 140, Steps = Steps.Look },
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
            Query.Newest("""last("trust") AS "trust", "air_temperature", "relative_humidity", "vpd", "co2", "soil_moisture", "substrate_ec" """.Trim(), Schema.Climate, Place, Query.Houses),
            Query.Newest(string.Join(", ", Deviations.Judged.Select(q => $"last(\"{Schema.DeviationOf(q.Name)}\") AS \"{Schema.DeviationOf(q.Name)}\"")), Schema.Climate, Place, Query.Houses),
        ],
        Columns =
        [
            new("zone") { Drill = Drill.Zone, Width = 90 },
            .. Deviations.Judged.SelectMany(q => new Column[]
            {
                new(q.Name, GrafanaUnit.Of(q)) { Width = 120, Decimals = Deviations.DecimalsOf(q) },
                new(Schema.DeviationOf(q.Name), Deviations.UnitOf(q)) { Width = 115, Decimals = Deviations.DecimalsOf(q), Steps = Steps.Deviation, Mappings = States.Deviations },
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

    private static CoursePanel Deviation(Quantity quantity) => new(Schema.DeviationOf(quantity.Name))
    {
        Width = 6,
        Unit = Deviations.UnitOf(quantity),
        Decimals = Deviations.DecimalsOf(quantity),
        Calculations = ["lastNotNull"],
        Queries = [Query.Course($"mean(\"{Schema.DeviationOf(quantity.Name)}\")", Schema.Climate, Place)],
    };

    private static Query Outside(Quantity quantity) =>
        Query.Course($"mean(\"{quantity.Name}\")", Schema.Climate, ["site"], where: Query.Outside) with { Name = quantity.Name };
}
