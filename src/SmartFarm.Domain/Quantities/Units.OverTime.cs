
namespace SmartFarm.Domain.Quantities;

/// <content>What a unit becomes when it is watched over time.</content>
public static partial class Units
{
    /// <summary>The unit of the change per hour of a value in that unit; null where a change means nothing (a direction, a time).</summary>
    public static Unit? RateOf(Unit unit) => OverTime.Rates.GetValueOrDefault(unit);

    /// <summary>
    /// The unit of the integral over time of a value in that unit, and what one second of the value 1 adds to it; null where an integral
    /// means nothing (acidity, a voltage). Temperatures are summed from 0 of their own scale.
    /// </summary>
    public static (Unit Unit, double PerSecond)? IntegralOf(Unit unit) => OverTime.Integrals.TryGetValue(unit, out var sum) ? sum : null;

    private static class OverTime
    {
        private const double PerHour = 1.0 / 3600;

        public static readonly Dictionary<Unit, Unit> Rates = new()
        {
            [Celsius] = RateUnits.KelvinPerHour,
            [Kelvin] = RateUnits.KelvinPerHour,
            [Percent] = RateUnits.PercentPerHour,
            [Ppm] = RateUnits.PpmPerHour,
            [MicromolPerM2S] = RateUnits.MicromolPerM2SPerHour,
            [WattPerM2] = RateUnits.WattPerM2PerHour,
            [MolPerM2] = RateUnits.MolPerM2PerHour,
            [SumUnits.JoulePerCm2] = RateUnits.JoulePerCm2PerHour,
            [Kilopascal] = RateUnits.KilopascalPerHour,
            [Hectopascal] = RateUnits.HectopascalPerHour,
            [Bar] = RateUnits.BarPerHour,
            [GramPerM3] = RateUnits.GramPerM3PerHour,
            [DecisiemensPerM] = RateUnits.DecisiemensPerMPerHour,
            [Ph] = RateUnits.PhPerHour,
            [MetrePerSecond] = RateUnits.MetrePerSecondPerHour,
            [LitrePerMinute] = RateUnits.LitrePerMinutePerHour,
            [SumUnits.Litre] = LitrePerHour,
            [SumUnits.CubicMetre] = CubicMetrePerHour,
            [SumUnits.Millimetre] = MillimetrePerHour,
            [SumUnits.LitrePerM2] = RateUnits.LitrePerM2PerHour,
            [SumUnits.GramPerM2] = RateUnits.GramPerM2PerHour,
            [KilowattHour] = Kilowatt,
            [WattHour] = Watt,
            [Volt] = RateUnits.VoltPerHour,
        };

        public static readonly Dictionary<Unit, (Unit Unit, double PerSecond)> Integrals = new()
        {
            [Celsius] = (SumUnits.KelvinHour, PerHour),
            [Kelvin] = (SumUnits.KelvinHour, PerHour),
            [Percent] = (SumUnits.PercentHour, PerHour),
            [Ppm] = (SumUnits.PpmHour, PerHour),
            [MicromolPerM2S] = (MolPerM2, 1e-6),
            [WattPerM2] = (SumUnits.JoulePerCm2, 1e-4),
            [Kilopascal] = (SumUnits.KilopascalHour, PerHour),
            [GramPerM3] = (SumUnits.GramPerM3Hour, PerHour),
            [MillimetrePerHour] = (SumUnits.Millimetre, PerHour),
            [RateUnits.LitrePerM2PerHour] = (SumUnits.LitrePerM2, PerHour),
            [RateUnits.GramPerM2PerHour] = (SumUnits.GramPerM2, PerHour),
            [LitrePerMinute] = (SumUnits.Litre, 1.0 / 60),
            [LitrePerHour] = (SumUnits.Litre, PerHour),
            [CubicMetrePerHour] = (SumUnits.CubicMetre, PerHour),
            [Watt] = (KilowattHour, PerHour / 1000),
            [Kilowatt] = (KilowattHour, PerHour),
        };
    }
}
