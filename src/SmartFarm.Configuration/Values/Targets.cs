using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Configuration.Values;

/// <summary>Reads what an actuator should do: a position with its unit, or <c>on</c> and <c>off</c>.</summary>
public static class Targets
{
    /// <summary>A target of the actuator in its unit and range; 0 or 1 for a switch. Reports what is wrong and gives null.</summary>
    /// <param name="node">The value.</param>
    /// <param name="actuator">Whose target it is.</param>
    public static double? AsTarget(this YamlNode node, Actuator actuator) =>
        node.AsScalar() is not { } scalar ? null
        : actuator.Kind == ActuatorKind.Switch ? OnOff(scalar, actuator)
        : Position(scalar, actuator);

    /// <summary>Writes a target as it would be written in a file: <c>60 %</c>, <c>on</c>.</summary>
    public static string Format(Actuator actuator, double target) =>
        actuator.Kind == ActuatorKind.Switch ? (target > 0 ? "on" : "off") : $"{target:0.###} {actuator.Unit}".TrimEnd();

    internal static double? Number(YamlScalar scalar, Unit unit, bool isDifference)
    {
        if (!Amount.TryParse(scalar.Text, out var amount))
        {
            scalar.Report($"'{scalar.Text}' is not a number with a unit; write for example '40 {unit}'.");
        }
        else if (amount.Unit.Length == 0)
        {
            scalar.Report($"'{scalar.Text}' has no unit; write '{scalar.Text} {unit}'.");
        }
        else if (!Units.TryGet(amount.Unit, out var given))
        {
            scalar.Report($"The unit '{amount.Unit}' is not known; write it in {unit}.");
        }
        else if (!given.ConvertsTo(unit))
        {
            scalar.Report($"{given} is a unit of {given.Dimension} and {unit} one of {unit.Dimension}; write it in {unit}.");
        }
        else
        {
            return isDifference ? given.ConvertDifference(amount.Value, unit) : given.Convert(amount.Value, unit);
        }

        return null;
    }

    private static double? OnOff(YamlScalar scalar, Actuator actuator)
    {
        switch (scalar.Text)
        {
            case "on":
                return 1;
            case "off":
                return 0;
            default:
                scalar.Report($"{actuator.Id} is a switch and '{scalar.Text}' is neither 'on' nor 'off'; write one of them.");
                return null;
        }
    }

    private static double? Position(YamlScalar scalar, Actuator actuator)
    {
        var value = Number(scalar, actuator.Unit ?? Units.Percent, isDifference: false);
        if (value < actuator.Min || value > actuator.Max)
        {
            scalar.Report($"{scalar.Text} is outside the range {actuator.Min}..{actuator.Max} {actuator.Unit} of {actuator.Id}; choose a value within.");
            return null;
        }

        return value;
    }
}
