namespace SmartFarm.Greenhouse.Climate;

/// <summary>What the actuators do to the house, each from 0 (closed, off) to 1 (open, full power).</summary>
/// <param name="Vent">Opening of the roof vents.</param>
/// <param name="Heater">Share of the heating power.</param>
/// <param name="Irrigation">Share of the irrigation rate.</param>
public readonly record struct HouseControls(double Vent, double Heater, double Irrigation);
