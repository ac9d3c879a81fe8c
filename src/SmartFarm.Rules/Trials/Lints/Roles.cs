using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>What actuators are for, guessed from their names: nothing else says it.</summary>
internal static class Roles
{
    public static bool IsVent(Actuator actuator) => actuator.Kind == ActuatorKind.Position && (Has(actuator, "vent") || Has(actuator, "window"));

    public static bool IsHeater(Actuator actuator) => Has(actuator, "heat") || Has(actuator, "boiler") || Has(actuator, "pipe");

    public static bool IsCo2(Actuator actuator) => Has(actuator, "co2");

    private static bool Has(Actuator actuator, string word) => actuator.Id.Contains(word, StringComparison.Ordinal);
}
