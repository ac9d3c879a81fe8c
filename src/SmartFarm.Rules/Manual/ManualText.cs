using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Manual;

/// <summary>Reads what people ask for by hand, in the words of the rules.</summary>
public static class ManualText
{
    /// <summary>Where an actuator is to be: <c>on</c>, <c>off</c>, <c>40 %</c>; a number without a unit is in its own.</summary>
    /// <param name="actuator">The actuator; its id, kind, unit and range count.</param>
    /// <param name="text">What was asked.</param>
    /// <param name="problem">What is wrong, in a sentence; null when nothing is.</param>
    public static double? Target(Actuator actuator, string? text, out string? problem)
    {
        problem = null;
        if (actuator.Kind == ActuatorKind.Switch)
        {
            double? state = text switch { "on" or "1" => 1, "off" or "0" => 0, _ => null };
            problem = state is null ? $"{actuator.Id} is a switch: its target must be on or off." : null;
            return state;
        }

        var unit = actuator.Unit ?? Units.Percent;
        var given = unit;
        if (!Amount.TryParse(text, out var amount) || (amount.Unit.Length > 0 && (!Units.TryGet(amount.Unit, out given!) || !given.ConvertsTo(unit))))
        {
            problem = $"The target of {actuator.Id} must be a number in {unit}, such as '40 {unit}'.";
            return null;
        }

        var target = given.Convert(amount.Value, unit);
        problem = target >= actuator.Min && target <= actuator.Max ? null : $"The target of {actuator.Id} must be within {actuator.Min:0.###}..{actuator.Max:0.###} {unit}.";
        return problem is null ? target : null;
    }

    /// <summary>A length of time such as <c>2 h</c>, <c>90 min</c>; null when it is none.</summary>
    public static TimeSpan? Time(string? text) => text is not null && Durations.TryParse(text, out var time) ? time : null;
}
