using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.World;

/// <summary>An instrument: what it shows of a scene, and how it errs.</summary>
/// <param name="Read">The true value, in the canonical unit; NaN where there is none.</param>
/// <param name="Noise">Standard deviation of its noise.</param>
/// <param name="Resolution">Its smallest step.</param>
/// <param name="Min">The least it shows.</param>
/// <param name="Max">The most it shows.</param>
/// <param name="LagSeconds">Time constant of its element.</param>
internal sealed record Instrument(Func<Scene, double> Read, double Noise, double Resolution, double Min, double Max, double LagSeconds = 0)
{
    /// <summary>A value within its range and in its steps.</summary>
    public double Show(double value) => Math.Round(Math.Round(Math.Clamp(value, Min, Max) / Resolution) * Resolution, 6);
}

/// <summary>
/// The instruments there are, with noise and resolution of common mid-range sensors. Supply and radio (battery, rssi), and acidity
/// have a resting value: nothing in this house changes them. Water for the drip is as warm as the root zone, and not frozen.
/// </summary>
internal static class Instruments
{
    private static readonly Dictionary<Quantity, Instrument> Table = new()
    {
        [Quantities.AirTemperature] = new(s => s.TemperatureC, 0.05, 0.01, -60, 85, LagSeconds: 90),
        [Quantities.RelativeHumidity] = new(s => s.RelativeHumidityPercent, 0.3, 0.1, 0, 100, LagSeconds: 60),
        [Quantities.Co2] = new(s => s.Co2Ppm, 5, 1, 0, 5000, LagSeconds: 45),
        [Quantities.SolarRadiation] = new(s => s.SolarRadiation, 1, 1, 0, 1600),
        [Quantities.Ppfd] = new(s => s.Ppfd, 1, 1, 0, 3000),
        [Quantities.SoilMoisture] = new(s => s.House?.SoilMoisturePercent ?? double.NaN, 0.1, 0.1, 0, 100),
        [Quantities.SoilTemperature] = new(s => s.House?.SoilTemperatureC ?? double.NaN, 0.05, 0.1, -40, 70),
        [Quantities.WindSpeed] = new(s => s.Outside.WindSpeed, 0.2, 0.1, 0, 60),
        [Quantities.WindGust] = new(s => s.Outside.WindGust, 0.4, 0.1, 0, 60),
        [Quantities.WindDirection] = new(s => s.Outside.WindDirection, 2, 1, 0, 360),
        [Quantities.RainRate] = new(s => s.Outside.RainRate, 0, 0.1, 0, 500),
        [Quantities.Pressure] = new(s => s.Outside.PressureHPa, 0.1, 0.1, 500, 1100),
        [Quantities.SubstrateEc] = new(s => s.House?.SubstrateEc ?? double.NaN, 0.02, 0.01, 0, 20),
        [Quantities.Acidity] = new(_ => 5.8, 0.02, 0.01, 0, 14),
        [Quantities.LeafTemperature] = new(s => s.House?.CanopyTemperatureC ?? double.NaN, 0.2, 0.1, -40, 70),
        [Quantities.PipeTemperature] = new(s => s.House?.PipeTemperatureC ?? double.NaN, 0.2, 0.1, -40, 130, LagSeconds: 60),
        [Quantities.WaterFlow] = new(s => s.DripLitresPerMinute, 0, 0.1, 0, 10_000),
        [Quantities.WaterLevel] = new(s => s.TankPercent, 0.2, 0.1, 0, 100),
        [Quantities.WaterTemperature] = new(s => Math.Max(4, s.House?.SoilTemperatureC ?? double.NaN), 0.05, 0.1, 0, 60),
        [Quantities.IrrigationVolume] = new(s => s.House?.Meters.IrrigationLitres ?? double.NaN, 0, 0.001, 0, 1e6),
        [Quantities.DrainVolume] = new(s => s.House?.Meters.DrainLitres ?? double.NaN, 0, 0.001, 0, 1e6),
        [Quantities.IrrigationEc] = new(s => s.FeedEc, 0.02, 0.01, 0, 20),
        [Quantities.IrrigationPh] = new(_ => 5.8, 0.02, 0.01, 0, 14),
        [Quantities.DrainEc] = new(s => s.House?.SubstrateEc ?? double.NaN, 0.02, 0.01, 0, 20),
        [Quantities.DrainPh] = new(_ => 6.2, 0.02, 0.01, 0, 14),
        [Quantities.Battery] = new(_ => 3.6, 0.005, 0.01, 0, 60),
        [Quantities.Rssi] = new(_ => -67, 2, 1, -150, 0),
    };

    /// <summary>The instrument for a quantity; null when the simulated house has nothing of the kind.</summary>
    public static Instrument? For(Quantity quantity) => Table.GetValueOrDefault(quantity);

    /// <summary>What a device measures that does not say.</summary>
    public static IReadOnlyList<Quantity> Usual(bool isOutside) => isOutside
        ? [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.SolarRadiation, Quantities.WindSpeed, Quantities.WindDirection, Quantities.RainRate]
        : [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.Co2, Quantities.SoilMoisture];
}
