using System.Globalization;
using System.Text;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>
/// The on/off thermostat that a rule set is compared with: heats below 16 °C, opens all vents above 26 °C, fogs above 2 kPa, waters below 31 % of
/// moisture. It knows neither day nor night, neither wind nor sun, and uses no screen and no CO₂.
/// </summary>
internal static class ThermostatRules
{
    private static readonly (string[] Words, Quantity Quantity, string When, string Until)[] Table =
    [
        (["vent", "window"], Quantities.AirTemperature, "air_temperature > 26 °C for 2 min", "air_temperature < 24 °C for 2 min"),
        (["heat", "boiler"], Quantities.AirTemperature, "air_temperature < 16 °C for 2 min", "air_temperature > 18 °C for 2 min"),
        (["fog", "mist"], Quantities.RelativeHumidity, "vpd > 2 kPa for 2 min", "vpd < 1.4 kPa for 1 min"),
        (["irrigation", "valve", "pump", "drip"], Quantities.SoilMoisture, "soil_moisture < 31 % for 2 min", "soil_moisture > 33 %"),
    ];

    private static readonly string[] Unused = ["co2", "screen", "lamp", "light", "fan"];

    /// <summary>The rules as a file, for every zone of the farm that has what they need.</summary>
    public static string For(Farm farm)
    {
        var text = new StringBuilder("rules:\n");
        foreach (var zone in farm.Sites.SelectMany(site => site.Zones, (site, zone) => (Site: site, Zone: zone)))
        {
            foreach (var actuator in zone.Zone.Controllers.SelectMany(c => c.Actuators))
            {
                Append(text, $"{zone.Site.Id}/{zone.Zone.Id}", $"{zone.Site.Id}-{zone.Zone.Id}", zone.Zone, actuator);
            }
        }

        return text.Length > "rules:\n".Length ? text.ToString() : "rules: []\n";
    }

    private static void Append(StringBuilder text, string zone, string prefix, Zone owner, Actuator actuator)
    {
        var row = Array.Find(Table, row => Array.Exists(row.Words, actuator.Id.Contains));
        if (row.Words is null || Array.Exists(Unused, actuator.Id.Contains) || !owner.Devices.Any(d => d.Quantities.Count == 0 || d.Quantities.Contains(row.Quantity)))
        {
            return;
        }

        var (full, none) = actuator.Kind == ActuatorKind.Switch ? ("on", "off") : (Target(actuator.Max, actuator), Target(actuator.Min, actuator));
        text.Append(
            CultureInfo.InvariantCulture,
            $"  - {{ id: {prefix}-{actuator.Id}, zones: [{zone}], when: {row.When}, until: {row.Until}, set: {{ {actuator.Id}: {full} }}, otherwise: {{ {actuator.Id}: {none} }} }}\n");
    }

    private static string Target(double value, Actuator actuator) => string.Create(CultureInfo.InvariantCulture, $"{value} {actuator.Unit}");
}
