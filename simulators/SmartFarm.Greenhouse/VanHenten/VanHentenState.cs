namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>The four states x of the model; also their rates of change, per second.</summary>
/// <param name="DryMass">x₁, dry mass of the crop, kg per m² of floor.</param>
/// <param name="Co2">x₂, CO₂ in the air, kg/m³.</param>
/// <param name="TemperatureC">x₃, air temperature, °C.</param>
/// <param name="Humidity">x₄, water vapour in the air, kg/m³.</param>
public readonly record struct VanHentenState(double DryMass, double Co2, double TemperatureC, double Humidity)
{
    /// <summary>The state after a time at a constant rate of change.</summary>
    /// <param name="rate">Rate of change, per second.</param>
    /// <param name="seconds">Time, s.</param>
    public VanHentenState Along(in VanHentenState rate, double seconds) => new(
        DryMass + (seconds * rate.DryMass), Co2 + (seconds * rate.Co2), TemperatureC + (seconds * rate.TemperatureC), Humidity + (seconds * rate.Humidity));
}
