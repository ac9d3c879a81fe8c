using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using static SmartFarm.Dashboards.Boards.DayPanels;

namespace SmartFarm.Dashboards.Boards;

/// <summary>How much water, heat, current and CO₂ did every square metre get, did the crop drink it, and what is in the water?</summary>
internal static class IrrigationEnergyBoard
{
    private static readonly string[] Amounts = ["water", "drain", "radiation", "light", "heat", "electricity", "co2"];

    /// <summary>Roots are slow: windows of a quarter of an hour show them as well as every reading, and are quick.</summary>
    private static readonly Variable Detail = Variable.Detail with { Choices = [.. Variable.Detail.Choices.OrderBy(c => c.Key != "quarters")] };

    public static Board Board { get; } = new("irrigation-energy")
    {
        From = "now-7d",
        Variables = [Variable.Site, Variable.House, Variable.Actuator, Detail],
        LongRanges = [("last_week", "now-7d", "climate_15m"), ("last_month", "now-30d", "climate_1h"), ("last_quarter", "now-90d", "climate_1h")],
        Rows =
        [
            new(
                "today",
                Today("water_today", WaterPerM2, GrafanaUnit.LitrePerM2, 2),
                Today("drain_today", DrainShare, GrafanaUnit.Share, 0) with { Mappings = NoneYet },
                Today("per_joule_today", PerJoule, GrafanaUnit.MillilitrePerJoule, 2) with { Mappings = NoneYet },
                new BarGaugePanel("tank")
                {
                    Width = 6,
                    Height = 5,
                    Unit = GrafanaUnit.Of(Quantities.WaterLevel),
                    Decimals = 0,
                    Scale = (0, 100),
                    Steps = new("red", (15, "orange"), (30, "green")),
                    Queries = [Query.Newest("""last("water_level")""", Schema.Climate, ByZone) with { Tags = ["zone"] }],
                },
                Today("radiation_today", Radiation, GrafanaUnit.JoulePerCm2, 0),
                Today("heat_today", HeatPerM2, GrafanaUnit.KilowattHourPerM2, 2),
                Today("electricity_today", ElectricityPerM2, GrafanaUnit.KilowattHourPerM2, 3),
                Today("co2_today", Co2PerM2, GrafanaUnit.GramPerM2, 1)),
            new(
                "compare",
                new TablePanel("zones")
                {
                    Width = 24,
                    Height = 5,
                    NoValue = "none",
                    Queries =
                    [
                        Query.Newest(
                            $"""
                            {WaterPerM2} AS "water_m2", {DrainShare} AS "drain_share", {PerJoule} AS "per_joule", {Radiation} AS "radiation", {Light} AS "light", {HeatPerM2} AS "heat_m2", {ElectricityPerM2} AS "electricity_m2", {Co2PerM2} AS "co2_m2"
                            """,
                            Schema.Usage,
                            ByZone),
                    ],
                    Columns =
                    [
                        new("zone") { Drill = Drill.Zone },
                        new("water_m2", GrafanaUnit.LitrePerM2) { Decimals = 1 },
                        new("drain_share", GrafanaUnit.Share) { Decimals = 0 },
                        new("per_joule", GrafanaUnit.MillilitrePerJoule) { Decimals = 2 },
                        new("radiation", GrafanaUnit.JoulePerCm2) { Decimals = 0 },
                        new("light", GrafanaUnit.MolPerM2) { Decimals = 1 },
                        new("heat_m2", GrafanaUnit.KilowattHourPerM2) { Decimals = 2 },
                        new("electricity_m2", GrafanaUnit.KilowattHourPerM2) { Decimals = 3 },
                        new("co2_m2", GrafanaUnit.GramPerM2) { Decimals = 1 },
                    ],
                },
                new TablePanel("basis")
                {
                    Width = 24,
                    Height = 5,
                    Queries = [Query.Newest($"""last("area") AS "area", {string.Join(", ", Amounts.Select(a => $"last(\"basis\") AS \"{a}_basis\""))}""", Schema.Usage, ByZone)],
                    Columns = [new("zone") { Drill = Drill.Zone }, new("area", GrafanaUnit.SquareMetre) { Decimals = 0 }, .. Amounts.Select(BasisOf)],
                }),
            new(
                "days",
                Days("water_days", WaterPerM2, GrafanaUnit.LitrePerM2),
                Shares("drain_days", """sum("drain")""", """sum("water")""", GrafanaUnit.Share) with { Decimals = 0 },
                Shares("per_joule_days", $"1000 * {WaterPerM2}", Radiation, GrafanaUnit.MillilitrePerJoule),
                Days("heat_days", HeatPerM2, GrafanaUnit.KilowattHourPerM2),
                Days("electricity_days", ElectricityPerM2, GrafanaUnit.KilowattHourPerM2),
                Days("co2_days", Co2PerM2, GrafanaUnit.GramPerM2)),
            new(
                "root",
                Bars(
                    "drink",
                    GrafanaUnit.LitrePerM2,
                    Day(WaterPerM2, "given", new() { Color = "blue" }),
                    Day(DrainPerM2, "drain", new() { Color = "semi-dark-orange" }),
                    Day(Radiation, "radiation", new() { Color = "yellow", RightUnit = GrafanaUnit.JoulePerCm2, IsPoints = true })),
                Bars(
                    "sun",
                    GrafanaUnit.JoulePerCm2,
                    Day(Radiation, "radiation", new() { Color = "yellow" }),
                    Day(Light, "light", new() { Color = "green", RightUnit = GrafanaUnit.MolPerM2, IsPoints = true })),
                Solution("ec", GrafanaUnit.Of(Quantities.SubstrateEc), "substrate_ec", ("irrigation_ec", "given"), ("substrate_ec", "substrate"), ("drain_ec", "drain")),
                Solution("ph", GrafanaUnit.Of(Quantities.Acidity), "ph", ("irrigation_ph", "given"), ("ph", "substrate"), ("drain_ph", "drain")),
                Solution("moisture", GrafanaUnit.Of(Quantities.SoilMoisture), "soil_moisture", ("soil_moisture", "soil_moisture"))) { Repeat = "zone" },
            new("running", Running.Hours, Running.Starts),
        ],
    };

    /// <summary>Whether an amount is measured: the field <c>basis</c> is such as <c>water: irrigation_volume on the area; heat: heater, estimated</c>.</summary>
    private static Column BasisOf(string amount) => new($"{amount}_basis")
    {
        Mappings =
        [
            Mapping.OfPattern($"(?:.*; )?{amount}: [^;]*, estimated(?:;.*)?", "basis.estimated", "orange"), Mapping.OfPattern($"(?:.*; )?{amount}: .*", "basis.measured", "green"),
            Mapping.OfPattern(".*", "basis.unknown", "text"),
        ],
    };

    /// <summary>What is given, what the roots have and what drains, with the band of the rules in charge. One zone: its row is repeated.</summary>
    private static CoursePanel Solution(string key, string unit, string banded, params (string Quantity, string Name)[] courses) => new(key)
    {
        Width = 8,
        Height = 10,
        Unit = unit,
        Decimals = 2,
        LongestGapMs = 3 * 3_600_000,
        Queries =
        [
            .. courses.Select(c => Query.Course($"mean(\"{c.Quantity}\")", "$climate", []) with { Name = c.Name }),
            Query.Course($"mean(\"{Schema.HighOf(banded)}\")", "$climate", []) with { Name = "band_high", Look = SeriesLook.BandHigh },
            Query.Course($"mean(\"{Schema.LowOf(banded)}\")", "$climate", []) with { Name = "band_low", Look = SeriesLook.BandLow },
        ],
    };
}
