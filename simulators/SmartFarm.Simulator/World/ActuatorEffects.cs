using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.World;

/// <summary>
/// What an actuator does to the house, told by its name: the first kind of which a word is in the name. Others move and have no effect on
/// the climate. A vent that names no side is on both sides of the roof.
/// </summary>
internal static class ActuatorEffects
{
    private static readonly (Effect Effect, string[] Words)[] Table =
    [
        (Effect.RoofVentLee, ["vent_lee", "lee_vent"]),
        (Effect.RoofVentWind, ["vent_wind", "wind_vent"]),
        (Effect.SideVent, ["side_vent", "side_window", "sidewall"]),
        (Effect.RoofVent, ["vent", "window"]),
        (Effect.ShadeScreen, ["shade", "shading", "blackout"]),
        (Effect.EnergyScreen, ["screen", "curtain", "quilt"]),
        (Effect.Heating, ["heat", "boiler"]),
        (Effect.PadFan, ["pad", "exhaust"]),
        (Effect.CirculationFan, ["fan"]),
        (Effect.Fog, ["fog", "mist"]),
        (Effect.Co2, ["co2"]),
        (Effect.Lamps, ["lamp", "light"]),
        (Effect.Irrigation, ["irrigation", "valve", "pump", "drip"]),
    ];

    private enum Effect
    {
        None,
        RoofVent,
        RoofVentLee,
        RoofVentWind,
        SideVent,
        EnergyScreen,
        ShadeScreen,
        Heating,
        Fog,
        PadFan,
        Co2,
        Lamps,
        Irrigation,
        CirculationFan,
    }

    public static HouseControls Controls(IEnumerable<(Actuator Actuator, double Position)> positions)
    {
        var shares = positions.Select(p => (Effect: EffectOf(p.Actuator), Share: (p.Position - p.Actuator.Min) / (p.Actuator.Max - p.Actuator.Min)))
            .ToLookup(p => p.Effect, p => p.Share);
        return new HouseControls
        {
            RoofVentLee = Mean(Effect.RoofVent, Effect.RoofVentLee),
            RoofVentWind = Mean(Effect.RoofVent, Effect.RoofVentWind),
            SideVent = Mean(Effect.SideVent),
            EnergyScreen = Mean(Effect.EnergyScreen),
            ShadeScreen = Mean(Effect.ShadeScreen),
            Heating = Mean(Effect.Heating),
            Fog = Mean(Effect.Fog),
            PadFan = Mean(Effect.PadFan),
            Co2 = Mean(Effect.Co2),
            Lamps = Mean(Effect.Lamps),
            Irrigation = Mean(Effect.Irrigation),
            CirculationFan = Mean(Effect.CirculationFan),
        };

        double Mean(params Effect[] effects) => effects.SelectMany(effect => shares[effect]).DefaultIfEmpty(0).Average();
    }

    public static bool HasEffect(Actuator actuator) => EffectOf(actuator) != Effect.None;

    private static Effect EffectOf(Actuator actuator) => Array.Find(Table, row => Array.Exists(row.Words, actuator.Id.Contains)).Effect;
}
