namespace SmartFarm.Greenhouse.VanHenten;

/// <summary>The controls u, held over a step.</summary>
/// <param name="Co2">u₁, supply of CO₂, mg m⁻² s⁻¹; 0 to 1.2 in the published studies.</param>
/// <param name="Ventilation">u₂, exchange of air through the vents, mm/s (10⁻³ m³ per m² of floor and second); 0 to 7.5.</param>
/// <param name="Heating">u₃, heating power, W/m²; 0 to 150.</param>
public readonly record struct VanHentenControls(double Co2, double Ventilation, double Heating);
