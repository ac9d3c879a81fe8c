using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>Names in a case, as they are in rules, and values with units for them. What is not known is reported.</summary>
internal sealed class CaseNames(Site site, Zone zone)
{
    private readonly SignalNames _names = new(site, zone);

    /// <summary>The actuator, or null when the zone has none of that name, which is reported.</summary>
    public Actuator? Actuator(YamlNode node, string name)
    {
        var found = _names.Actuators.FirstOrDefault(a => a.Id == name);
        if (found is null)
        {
            node.Report($"Zone {zone.Id} has no actuator '{name}'; {Suggestion.For(name, [.. _names.Actuators.Select(a => a.Id)])}");
        }

        return found;
    }

    /// <summary>The signal of a name; null when there is none, which is reported.</summary>
    public NamedSignal? Signal(YamlScalar key)
    {
        var (found, problem) = _names.Find(key.Text);
        if (found is null)
        {
            key.Report(problem);
        }

        return found;
    }

    /// <summary>Reads a value of a signal; null when it is wrong, which is reported.</summary>
    public static double? Value(YamlScalar node, string text, Signal signal, Actuator? actuator)
    {
        if (actuator is not null)
        {
            return Target(node, text, actuator);
        }

        if (!Amount.TryParse(text, out var amount))
        {
            node.Report($"'{text}' is not a value; write for example '25 {signal.Unit}', or 'flagged' for a value that may not be relied on.");
        }
        else if (amount.Unit.Length == 0 && !ReferenceEquals(signal.Unit, Units.Ph))
        {
            node.Report($"'{text}' has no unit; write '{text} {signal.Unit}'.");
        }
        else
        {
            return In(node, amount, signal.Unit!);
        }

        return null;
    }

    /// <summary>Reads a target; null when it is wrong, which is reported.</summary>
    public static double? Target(YamlScalar node, string text, Actuator actuator)
    {
        if (actuator.Kind == ActuatorKind.Switch)
        {
            if (text is "on" or "off")
            {
                return text == "on" ? 1 : 0;
            }

            node.Report($"{actuator.Id} is a switch and '{text}' is neither 'on' nor 'off'; write one of them.");
            return null;
        }

        if (!Amount.TryParse(text, out var amount) || amount.Unit.Length == 0)
        {
            node.Report($"'{text}' is not a number with a unit; write for example '40 {actuator.Unit}'.");
            return null;
        }

        return In(node, amount, actuator.Unit!);
    }

    private static double? In(YamlScalar node, Amount amount, Unit unit)
    {
        var given = unit;
        if (amount.Unit.Length > 0 && !Units.TryGet(amount.Unit, out given))
        {
            node.Report($"The unit '{amount.Unit}' is not known; write it in {unit}.");
            return null;
        }

        if (!given!.ConvertsTo(unit))
        {
            node.Report($"{given} is a unit of {given.Dimension} and {unit} one of {unit.Dimension}; write it in {unit}.");
            return null;
        }

        return Math.Round(given.Convert(amount.Value, unit), 9);
    }
}
