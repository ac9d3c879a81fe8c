using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.World;

/// <summary>
/// What an actuator does to the house, told by its name: the first kind of which a word is in the name. Others move and have no effect on
/// the climate. A vent that names no side is on both sides of the roof.
/// </summary>
internal sealed class ActuatorEffects
{
    private const int Effects = (int)Effect.CirculationFan + 1;

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

    private readonly (Effect Effect, double Min, double Range)[] _actuators;

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

    /// <summary>Shares of many moments: the names are read once.</summary>
    public ActuatorEffects(IEnumerable<Actuator> actuators)
    {
        _actuators = [.. actuators.Select(a => (EffectOf(a), a.Min, a.Max - a.Min))];
    }

    public static HouseControls Controls(IEnumerable<(Actuator Actuator, double Position)> positions)
    {
        var list = positions.ToList();
        return new ActuatorEffects(list.Select(p => p.Actuator)).Controls([.. list.Select(p => p.Position)]);
    }

    /// <summary>What actuators do, given their positions in the order in which they were named.</summary>
    public HouseControls Controls(ReadOnlySpan<double> positions)
    {
        Span<(double Sum, int Count)> shares = stackalloc (double, int)[Effects];
        for (var i = 0; i < _actuators.Length; i++)
        {
            var (effect, min, range) = _actuators[i];
            ref var share = ref shares[(int)effect];
            share = (share.Sum + ((positions[i] - min) / range), share.Count + 1);
        }

        var bothSides = shares[(int)Effect.RoofVent];
        return new HouseControls
        {
            RoofVentLee = Mean(shares[(int)Effect.RoofVentLee], bothSides),
            RoofVentWind = Mean(shares[(int)Effect.RoofVentWind], bothSides),
            SideVent = Mean(shares[(int)Effect.SideVent]),
            EnergyScreen = Mean(shares[(int)Effect.EnergyScreen]),
            ShadeScreen = Mean(shares[(int)Effect.ShadeScreen]),
            Heating = Mean(shares[(int)Effect.Heating]),
            Fog = Mean(shares[(int)Effect.Fog]),
            PadFan = Mean(shares[(int)Effect.PadFan]),
            Co2 = Mean(shares[(int)Effect.Co2]),
            Lamps = Mean(shares[(int)Effect.Lamps]),
            Irrigation = Mean(shares[(int)Effect.Irrigation]),
            CirculationFan = Mean(shares[(int)Effect.CirculationFan]),
        };

        static double Mean((double Sum, int Count) a, (double Sum, int Count) b = default) => a.Count + b.Count == 0 ? 0 : (a.Sum + b.Sum) / (a.Count + b.Count);
    }

    public static bool HasEffect(Actuator actuator) => EffectOf(actuator) != Effect.None;

    private static Effect EffectOf(Actuator actuator) => Array.Find(Table, row => Array.Exists(row.Words, actuator.Id.Contains)).Effect;
}
