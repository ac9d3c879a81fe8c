using SmartFarm.Dashboards.Model;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Dashboards.Boards;

/// <summary>How far the climate is from the bands that the rules of the farm give it.</summary>
internal static class Deviations
{
    /// <summary>What bands are usually given to, the most urgent first.</summary>
    public static readonly IReadOnlyList<Quantity> Judged =
        [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Vpd, Quantities.Co2, Quantities.SoilMoisture, Quantities.SubstrateEc];

    /// <summary>Unit of a distance: of temperatures it is the kelvin.</summary>
    public static string UnitOf(Quantity quantity) => quantity == Quantities.AirTemperature ? GrafanaUnit.Kelvin : GrafanaUnit.Of(quantity);

    /// <summary>As fine as it matters to an operator.</summary>
    public static int DecimalsOf(Quantity quantity) =>
        quantity == Quantities.Vpd || quantity == Quantities.SubstrateEc || quantity == Quantities.Acidity ? 2 : quantity == Quantities.Co2 ? 0 : 1;
}
