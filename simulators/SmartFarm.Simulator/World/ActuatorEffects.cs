using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.World;

/// <summary>What an actuator does to the house, told by its name: vent, heater, irrigation. Others move and have no effect on the climate.</summary>
internal static class ActuatorEffects
{
    private static readonly string[] Vents = ["vent", "window"];
    private static readonly string[] Heaters = ["heat", "boiler"];
    private static readonly string[] Irrigation = ["irrigation", "valve", "pump", "drip"];

    public static HouseControls Controls(IEnumerable<(Actuator Actuator, double Position)> positions)
    {
        var list = positions.ToList();
        return new HouseControls(Share(list, Vents), Share(list, Heaters), Share(list, Irrigation));
    }

    public static bool HasEffect(Actuator actuator) => Vents.Concat(Heaters).Concat(Irrigation).Any(actuator.Id.Contains);

    /// <summary>Mean share of the range over all actuators of a kind, 0 when there is none.</summary>
    private static double Share(List<(Actuator Actuator, double Position)> positions, string[] words) => positions
        .Where(p => words.Any(p.Actuator.Id.Contains))
        .Select(p => (p.Position - p.Actuator.Min) / (p.Actuator.Max - p.Actuator.Min))
        .DefaultIfEmpty(0)
        .Average();
}
