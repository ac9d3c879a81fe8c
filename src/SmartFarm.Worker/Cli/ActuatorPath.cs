using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>Reads <c>gh1/roof_vent</c> and <c>north/gh1/roof_vent</c>.</summary>
internal static class ActuatorPath
{
    /// <exception cref="SettingsException">It is neither.</exception>
    public static (string? Site, string Zone, string Actuator) Parse(string text) => text.Split('/') switch
    {
        [var zone, var actuator] => (null, zone, actuator),
        [var site, var zone, var actuator] => (site, zone, actuator),
        _ => throw new SettingsException($"'{text}' names no actuator; write zone and actuator such as gh1/roof_vent."),
    };
}
