using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.Weeks;

/// <summary>
/// A plain grower of tomatoes for looking at a house without a backend: proportional bands as climate computers have, no memory. Heat to 18 °C
/// by day and 16 °C by night, vents from 24 °C and against wet air, shade against noon, fog against dry air, the energy screen on cold nights, CO₂ while the vents are shut.
/// </summary>
internal static class Grower
{
    private const double DayLight = 10;
    private const double Storm = 14;

    public static HouseControls Decide(in HouseState house, in Outside outside)
    {
        var isDay = outside.SolarRadiation > DayLight;
        var deficit = house.VapourPressure * ((100 / Math.Max(1, house.RelativeHumidityPercent)) - 1);
        var hot = Band(house.TemperatureC, from: 24, to: 30);
        var wet = 0.15 * Band(house.RelativeHumidityPercent, from: 88, to: 96) * Band(outside.TemperatureC, from: -5, to: 5);
        var vent = outside.WindSpeed > Storm ? 0 : Math.Max(hot, wet);
        return new HouseControls
        {
            RoofVentLee = vent,
            RoofVentWind = outside.WindSpeed > Storm / 2 ? 0 : vent,
            SideVent = outside.WindSpeed > Storm ? 0 : Band(house.TemperatureC, from: 26, to: 32),
            ShadeScreen = Band(outside.SolarRadiation, from: 550, to: 750) * Band(house.TemperatureC, from: 24, to: 28),
            EnergyScreen = isDay || outside.TemperatureC > 10 ? 0 : 1,
            Heating = Band(-house.TemperatureC, from: isDay ? -18 : -16, to: isDay ? -14 : -12),
            Fog = house.TemperatureC > 26 ? Band(deficit, from: 1.0, to: 1.8) : 0,
            Irrigation = Band(-house.SoilMoisturePercent, from: -34, to: -30),
            Co2 = isDay && vent < 0.05 ? Band(-house.Co2Ppm, from: -800, to: -600) : 0,
            CirculationFan = 0.5,
        };
    }

    private static double Band(double value, double from, double to) => Math.Clamp((value - from) / (to - from), 0, 1);
}
