using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>The climate of one greenhouse and its roots, each quantity with the band that the rules of the farm give it.</summary>
internal static class ZoneClimate
{
    private const string Detail = "$climate";

    /// <summary>A window of the coarsest detail, and a little.</summary>
    private const int LongestGapMs = 3_900_000;

    private static readonly string[] Place = ["site", "zone"];

    public static IReadOnlyList<Panel> Panels { get; } =
    [
        Course(
            "temperature",
            Quantities.AirTemperature,
            [
                .. Banded(Quantities.AirTemperature),
                Field("heating_setpoint", new() { Color = "red", IsDashed = true, IsSteps = true }),
                Field("ventilation_setpoint", new() { Color = "blue", IsDashed = true, IsSteps = true }),
                Field(Quantities.LeafTemperature.Name, new() { Color = "purple" }),
                Query.Course(Mean(Quantities.AirTemperature.Name), Detail, ["site"], where: Query.Outside) with { Name = "outside", Tags = [], Look = new() { Color = "light-blue" } },
            ]),
        Course("humidity", Quantities.RelativeHumidity, [.. Banded(Quantities.RelativeHumidity), .. Banded(Quantities.Vpd, isRight: true)]),
        Course(
            "co2",
            Quantities.Co2,
            [
                .. Banded(Quantities.Co2),
                Field(Quantities.Ppfd.Name, new() { Color = "yellow", RightUnit = GrafanaUnit.Of(Quantities.Ppfd), Decimals = 0 }),
                Query.Course(Mean(Quantities.SolarRadiation.Name), Detail, ["site"], where: Query.Outside) with
                {
                    Name = "radiation_outside", Tags = [], Look = new() { Color = "orange", RightUnit = GrafanaUnit.Of(Quantities.SolarRadiation), Decimals = 0 },
                },
            ]),
        Light,
        Course("moisture", Quantities.SoilMoisture, [.. Banded(Quantities.SoilMoisture), .. Banded(Quantities.SubstrateEc, isRight: true)]),
        Course("roots", Quantities.SoilTemperature, [.. Banded(Quantities.SoilTemperature), .. Banded(Quantities.Acidity, isRight: true)]),
    ];

    /// <summary>Light of the day so far. Sums of five minutes are added up; the day begins at midnight of the reader's clock.</summary>
    private static CoursePanel Light => new("light")
    {
        Height = 9,
        Newest = "now/d",
        Unit = GrafanaUnit.MolPerM2,
        Decimals = 1,
        Scale = (0, null),
        HasShortLegend = true,
        Calculations = ["lastNotNull"],
        Interval = "5m",
        LongestGapMs = LongestGapMs,
        Queries =
        [
            Query.Course("""cumulative_sum(sum("light"))""", Schema.Usage, Place) with { Name = "light_so_far", Tags = [], Look = new() { Color = "yellow", IsMain = true } },
            Field("dli_high", SeriesLook.BandHigh with { FilledTo = "dli_low" }),
            Field("dli_low", SeriesLook.BandLow),
        ],
    };

    private static CoursePanel Course(string key, Quantity quantity, IReadOnlyList<Query> queries) => new(key)
    {
        Height = 9,
        Unit = GrafanaUnit.Of(quantity),
        Decimals = Deviations.DecimalsOf(quantity),
        HasShortLegend = true,
        Calculations = ["lastNotNull"],
        LongestGapMs = LongestGapMs,
        Queries = queries,
    };

    /// <summary>A quantity with the ends of its band, on the axis of the panel or on one on the right: there without an area, for two that overlap say nothing.</summary>
    private static IEnumerable<Query> Banded(Quantity quantity, bool isRight = false)
    {
        var (unit, decimals, color) = (isRight ? GrafanaUnit.Of(quantity) : null, Deviations.DecimalsOf(quantity), isRight ? "blue" : "green");
        yield return Field(quantity.Name, new() { Color = isRight ? "light-blue" : "text", IsMain = true, RightUnit = unit, Decimals = decimals });
        yield return Field(Schema.HighOf(quantity.Name), SeriesLook.BandHigh with { Color = color, RightUnit = unit, Decimals = decimals, FilledTo = isRight ? null : Schema.LowOf(quantity.Name) });
        yield return Field(Schema.LowOf(quantity.Name), SeriesLook.BandLow with { Color = color, RightUnit = unit, Decimals = decimals });
    }

    private static Query Field(string field, SeriesLook look) => Query.Course(Mean(field), Detail, Place) with { Name = field, Tags = [], Look = look };

    private static string Mean(string field) => $"mean(\"{field}\")";
}
