using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Is every greenhouse all right now, and if not, which, and what is to be done?</summary>
internal static class OverviewBoard
{
    public static Board Board { get; } = new("overview")
    {
        From = "now-6h",
        Rows =
        [
            new(
                "now",
                new TablePanel("climate")
                {
                    Width = 24,
                    Height = 7,
                    Queries = [Query.Newest("""last("trust") AS "trust", "air_temperature", "relative_humidity", "vpd", "co2" """.Trim(), Schema.Climate, ["site", "zone"])],
                    Columns =
                    [
                        new("zone") { Drill = Drill.Zone },
                        new("Time", GrafanaUnit.Ago) { Heading = "age", Width = 160 },
                        new("trust", GrafanaUnit.Share) { Steps = Steps.Share, Decimals = 0 },
                        new("air_temperature", GrafanaUnit.Of(Quantities.AirTemperature)) { Decimals = 1 },
                        new("relative_humidity", GrafanaUnit.Of(Quantities.RelativeHumidity)) { Decimals = 0 },
                        new("vpd", GrafanaUnit.Of(Quantities.Vpd)) { Decimals = 2 },
                        new("co2", GrafanaUnit.Of(Quantities.Co2)) { Decimals = 0 },
                    ],
                }),
        ],
    };
}
