using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads an actuator.</summary>
internal static class ActuatorReader
{
    /// <summary>Share of the range that a vent must at least move when nothing else is said: dead bands of practice are 2 to 3 %.</summary>
    private const double DefaultMinMove = 0.02;

    public static Actuator Read(YamlMap map, UniqueNames names)
    {
        var id = names.Read(map, "id", "roof_vent");
        var kind = map.Require("kind", "position")?.AsOneOf(("position", ActuatorKind.Position), ("switch", ActuatorKind.Switch));
        if (kind is null)
        {
            return new Actuator(id, ActuatorKind.Switch, null, 0, 1, 0, 0, default, default, default, null);
        }

        var actuator = kind == ActuatorKind.Switch ? Switch(map, id) : Position(map, id);
        if (map.Get("safe") is { } safe)
        {
            actuator = actuator with { Safe = safe.AsTarget(actuator) ?? actuator.Safe };
        }

        actuator = actuator with
        {
            Emergency = map.Get("emergency")?.AsTarget(actuator) ?? actuator.Safe,
            Rest = map.Get("rest")?.AsDuration() ?? TimeSpan.Zero,
            MaxStarts = (int?)map.Get("max_starts")?.AsNumber(1, 10_000),
            Expect = ExpectReader.Read(map),
            Delivers = CapacityReader.Read(map.Get("delivers")),
        };
        map.ReportUnknownKeys();
        return actuator;
    }

    private static Actuator Switch(YamlMap map, string id)
    {
        var minOn = map.Get("min_on")?.AsDuration() ?? default;
        var minOff = map.Get("min_off")?.AsDuration() ?? default;
        var node = map.Get("max_on");
        var maxOn = node?.AsDuration();
        if (maxOn < minOn)
        {
            node!.Report($"max_on is shorter than min_on ({Durations.Format(minOn)}); make it longer.");
        }

        return new Actuator(id, ActuatorKind.Switch, null, 0, 1, 0, 0, default, minOn, minOff, maxOn);
    }

    private static Actuator Position(YamlMap map, string id)
    {
        var (min, max, unit) = map.Get("range") is { } range ? Range(range) : (0, 100, Units.Percent);
        var minMove = (max - min) * DefaultMinMove;
        if (map.Get("min_move")?.AsScalar() is { } move && Targets.Number(move, unit, isDifference: true) is { } given)
        {
            minMove = given;
            if (given < 0 || given > max - min)
            {
                move.Report($"min_move must be from 0 to the width of the range, {max - min} {unit}.");
            }
        }

        var travel = map.Get("travel")?.AsDuration() ?? default;
        return new Actuator(id, ActuatorKind.Position, unit, min, max, min, minMove, travel, default, default, null);
    }

    private static (double Min, double Max, Unit Unit) Range(YamlNode node)
    {
        if (node.AsScalar() is { } scalar)
        {
            var parts = scalar.Text.Split("..");
            if (parts.Length == 2 && Amount.TryParse(parts[0], out var min) && Amount.TryParse(parts[1], out var max)
                && (min.Unit.Length == 0 || min.Unit == max.Unit) && Units.TryGet(max.Unit, out var unit) && min.Value < max.Value)
            {
                return (min.Value, max.Value, unit);
            }

            scalar.Report($"'{scalar.Text}' is not a range; write it as '0..100 %', smaller bound first and with a known unit.");
        }

        return (0, 100, Units.Percent);
    }
}
