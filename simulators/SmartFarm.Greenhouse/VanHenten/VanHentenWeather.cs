namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>The disturbances d, held over a step.</summary>
/// <param name="Radiation">d₁, solar radiation outside, W/m².</param>
/// <param name="Co2">d₂, CO₂ in the air outside, kg/m³.</param>
/// <param name="TemperatureC">d₃, air temperature outside, °C.</param>
/// <param name="Humidity">d₄, water vapour in the air outside, kg/m³.</param>
public readonly record struct VanHentenWeather(double Radiation, double Co2, double TemperatureC, double Humidity);
