namespace SmartFarm.Greenhouse.Calibration;

/// <summary>What acts on a <see cref="SimpleHouse"/>, held over a step.</summary>
/// <param name="OutsideTemperatureC">Air temperature outside, °C.</param>
/// <param name="OutsideVapour">Water in the air outside, g/m³.</param>
/// <param name="Radiation">Global radiation outside, W/m².</param>
/// <param name="WindSpeed">Wind, m/s.</param>
/// <param name="Vent">Mean opening of the vents, 0 to 1.</param>
/// <param name="EnergyScreen">How far the energy screen is drawn, 0 to 1.</param>
/// <param name="BlackoutScreen">How far the blackout screen is drawn, 0 to 1.</param>
/// <param name="PipeTemperatureC">Heating pipes, °C; at or below the air temperature they give no heat.</param>
/// <param name="Heat">Heat from a metered heater, W/m².</param>
/// <param name="Lamps">Share of the lamp power, 0 to 1.</param>
/// <param name="NetSkyRadiation">Heat radiation of the sky less that of a black body at air temperature, W/m², as a pyrgeometer gives it; not a number where it is not measured. The simple house does not look at it.</param>
public readonly record struct HouseInputs(
    double OutsideTemperatureC,
    double OutsideVapour,
    double Radiation,
    double WindSpeed,
    double Vent,
    double EnergyScreen,
    double BlackoutScreen,
    double PipeTemperatureC,
    double Heat,
    double Lamps,
    double NetSkyRadiation = double.NaN);
