namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>The outputs y, in the units a grower reads.</summary>
/// <param name="DryMass">y₁, dry mass, kg/m².</param>
/// <param name="Co2Ppm">y₂, CO₂, ppm at 101325 Pa.</param>
/// <param name="TemperatureC">y₃, air temperature, °C.</param>
/// <param name="RelativeHumidityPercent">y₄, relative humidity, %, at most 100: the model has no condensation, so its vapour may exceed saturation.</param>
public readonly record struct VanHentenOutput(double DryMass, double Co2Ppm, double TemperatureC, double RelativeHumidityPercent)
{
    private const double GasConstant = 8.3144598;
    private const double Pressure = 101_325;
    private const double MolarMassCo2 = 0.04401;
    private const double MolarMassWater = 18.01528e-3;

    /// <summary>The outputs of a state. Saturation: Magnus with 610.78 Pa, 17.2694 and 238.3 °C.</summary>
    public static VanHentenOutput Of(in VanHentenState x)
    {
        var gas = GasConstant * (x.TemperatureC + 273.15);
        var saturation = 610.78 * Math.Exp(17.2694 * x.TemperatureC / (x.TemperatureC + 238.3));
        return new VanHentenOutput(
            x.DryMass, 1e6 * gas * x.Co2 / (Pressure * MolarMassCo2), x.TemperatureC, Math.Min(100, 100 * gas * x.Humidity / (MolarMassWater * saturation)));
    }
}
