using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads <c>delivers: 150 kW</c>, <c>40 L/min</c> or <c>8 kg/h</c>: what a trial of rules reckons heat, water and gas with.</summary>
internal static class CapacityReader
{
    private const double MinutesPerHour = 60;

    public static Capacity? Read(YamlNode? node)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (Amount.TryParse(scalar.Text, out var amount) && amount.Value > 0 && Units.TryGet(amount.Unit, out var unit))
        {
            if (unit.ConvertsTo(Units.Kilowatt))
            {
                return new Capacity(unit.Convert(amount.Value, Units.Kilowatt), Units.KilowattHour);
            }

            if (unit.ConvertsTo(Units.LitrePerMinute))
            {
                return new Capacity(unit.Convert(amount.Value, Units.LitrePerMinute) * MinutesPerHour, SumUnits.Litre);
            }

            if (unit.ConvertsTo(RateUnits.KilogramPerHour))
            {
                return new Capacity(unit.Convert(amount.Value, RateUnits.KilogramPerHour), SumUnits.Kilogram);
            }
        }

        scalar.Report($"'{scalar.Text}' is not what an actuator delivers when it is fully on; write for example '150 kW', '40 L/min' or '8 kg/h'.");
        return null;
    }
}
