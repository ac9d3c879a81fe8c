namespace SmartFarm.Greenhouse.Calibration;

/// <summary>A number of a <see cref="SimpleHouse"/> that a fit may move.</summary>
/// <param name="Name">Name, as in files and on the command line.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Least">Lowest value that a house can have.</param>
/// <param name="Most">Highest value.</param>
/// <param name="Scale">Size of a change that matters.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">The house with another value.</param>
/// <param name="Driver">The input without which it cannot be told; null when any weather will do.</param>
public sealed record FitParameter(
    string Name,
    string Unit,
    double Least,
    double Most,
    double Scale,
    Func<SimpleHouse, double> Get,
    Func<SimpleHouse, double, SimpleHouse> With,
    Func<HouseInputs, double>? Driver = null)
{
    /// <summary>All that can be fitted. The heat of the pipes is not among those fitted by default.</summary>
    public static IReadOnlyList<FitParameter> All { get; } =
    [
        new("cover_loss", "W/m²K", 0.3, 15, 1, h => h.CoverLoss, (h, v) => h with { CoverLoss = v }),
        new("leakage", "m/s per m/s", 0, 2e-3, 1e-4, h => h.Leakage, (h, v) => h with { Leakage = v }),
        new("heat_capacity", "J/m²K", 3e3, 1e6, 1e4, h => h.HeatCapacity, (h, v) => h with { HeatCapacity = v }),
        new("light_transmission", "", 0.01, 1, 0.1, h => h.LightTransmission, (h, v) => h with { LightTransmission = v }, i => i.Radiation),
        new("vent_area", "m²/m²", 1e-4, 1, 0.02, h => h.VentArea, (h, v) => h with { VentArea = v }, i => i.Vent),
        new("energy_screen_saving", "", 0, 0.95, 0.1, h => h.EnergyScreenSaving, (h, v) => h with { EnergyScreenSaving = v }, i => i.EnergyScreen),
        new("blackout_screen_saving", "", 0, 0.95, 0.1, h => h.BlackoutScreenSaving, (h, v) => h with { BlackoutScreenSaving = v }, i => i.BlackoutScreen),
        new("lamp_heat", "W/m²", 0, 500, 10, h => h.LampHeat, (h, v) => h with { LampHeat = v }, i => i.Lamps),
        new("radiation_transpiration", "", 0, 1, 0.1, h => h.RadiationTranspiration, (h, v) => h with { RadiationTranspiration = v }),
        new("deficit_transpiration", "m/s", 0, 0.02, 1e-3, h => h.DeficitTranspiration, (h, v) => h with { DeficitTranspiration = v }),
        new("ground_exchange", "W/m²K", 0, 20, 1, h => h.GroundExchange, (h, v) => h with { GroundExchange = v }),
        new("pipe_exchange", "W/m²K", 0, 20, 1, h => h.PipeExchange, (h, v) => h with { PipeExchange = v }, i => Math.Max(0, i.PipeTemperatureC)),
    ];

    /// <summary>Those that a history can tell: whose input is there and moves by more than a trace.</summary>
    public bool IsToldBy(IReadOnlyList<HistoryRow> rows) => Driver is null || rows.Max(row => Driver(row.Inputs)) - rows.Min(row => Driver(row.Inputs)) > 0.05;
}
