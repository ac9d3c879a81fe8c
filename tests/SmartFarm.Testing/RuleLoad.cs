using System.Globalization;

namespace SmartFarm.Testing;

/// <summary>A farm of many zones with ten sensors and thirty rules each, for measuring what rules cost: every kind of piece a grower's rule set is made of.</summary>
public static class RuleLoad
{
    /// <summary>Rules of a zone.</summary>
    public const int RulesOfZone = 30;

    /// <summary>What each zone, and its site, measures, with a usual value and its daily swing.</summary>
    public static IReadOnlyList<(string Name, double Usual, double Swing)> Sensors { get; } =
    [
        ("air_temperature", 22, 7), ("relative_humidity", 70, 20), ("co2", 700, 300), ("vpd", 0.9, 0.6), ("dew_point", 14, 3),
        ("site.air_temperature", 15, 10), ("site.wind_speed", 5, 5), ("site.solar_radiation", 300, 400), ("site.rain_rate", 0.05, 0.1), ("site.relative_humidity", 55, 20),
    ];

    /// <summary>The thirty rules, for every zone.</summary>
    public const string Rules = """
        values:
          - { id: heating, value: "17 °C + influence(site.solar_radiation: 100..400 W/m2 -> 0..2 K)" }
          - { id: ventilation, value: heating + 5 K }
          - { id: gap, value: air_temperature - dew_point }
          - { id: mean, value: avg(air_temperature over 30 min) }
        rules:
          - { id: vent, kind: p-band, set: { vent: 0..80 % }, set_point: ventilation, band: "4 K + influence(site.wind_speed: 3..10 m/s -> 0..4 K)" }
          - { id: pipe, kind: p-band, set: { valve: 0..100 % }, direction: below, set_point: heating, band: 2 K }
          - { id: humid, when: relative_humidity > 88 % for 5 min, until: relative_humidity < 82 %, set: { vent: 10 % } }
          - { id: dry, when: vpd > 1.6 kPa for 2 min, until: vpd < 1.2 kPa, set: { fog: on }, otherwise: { fog: off } }
          - { id: drip, when: gap < 1 K for 10 min, set: { fan: on }, otherwise: { fan: off } }
          - { id: stir, when: rate(air_temperature over 30 min) > 4 K/h, set: { fan: on } }
          - { id: shade, when: avg(site.solar_radiation over 10 min) > 600 W/m2, until: avg(site.solar_radiation over 10 min) < 450 W/m2, set: { screen: 60 % }, otherwise: { screen: 0 % } }
          - { id: save, when: night and site.air_temperature < 8 °C, set: { screen: 100 % } }
          - { id: rich, when: co2 < 600 ppm and day and vent < 20 %, until: co2 > 800 ppm, set: { co2_valve: on }, otherwise: { co2_valve: off } }
          - { id: noon, when: time between 11:00 and 15:00 and air_temperature > 30 °C, set: { fog: on } }
          - { id: dawn, when: time between sunrise - 1 h and sunrise + 1 h and relative_humidity > 90 %, set: { valve: 30 % } }
          - { id: water, when: integral(site.solar_radiation since sunrise) > 1200 J/cm2, set: { fan: on } }
          - { id: cool, when: "most(air_temperature, mean) > 33 °C", level: crop-protection, set: { vent: 100 % } }
          - { id: frost, when: air_temperature else site.air_temperature + 3 K < 6 °C, level: crop-protection, set: { valve: 100 % } }
        interlocks:
          - { id: storm, level: protection, when: site.wind_speed > 20 m/s, until: site.wind_speed < 15 m/s for 5 min, force: { vent: 0 % } }
          - { id: rain, level: protection, when: site.rain_rate > 0.5 mm/h, until: site.rain_rate < 0.1 mm/h for 10 min, limit: { vent: 0..10 % } }
          - { id: windy, when: site.wind_speed > 10 m/s, limit: { vent: 0..40 % } }
          - { id: apart, when: vent > 20 %, limit: { valve: 0..30 % } }
          - { id: waste, when: vent > 10 %, force: { co2_valve: off } }
        alarms:
          - { id: too-cold, when: air_temperature < 8 °C for 10 min, severity: critical }
          - { id: too-hot, when: air_temperature > 36 °C for 10 min, severity: critical }
          - { id: wet, when: avg(relative_humidity over 2 h) > 92 %, severity: warning }
          - { id: stuffy, when: co2 > 2000 ppm for 5 min, severity: warning }
          - { id: choppy, when: max(air_temperature over 1 h) - min(air_temperature over 1 h) > 10 K, severity: info }
          - { id: gusty, when: max(site.wind_speed over 10 min) > 15 m/s, severity: info }
        defaults:
          - { id: home, set: { vent: 0 %, screen: 0 %, fan: off } }
        """;

    /// <summary>The farm file of that many zones, <c>z0</c> and on, of site <c>s1</c>.</summary>
    public static string Farm(int zones) => $"""
        farm: load
        sites:
          - id: s1
            location: {"{"} latitude: 43.30, longitude: 68.25 {"}"}
            time_zone: Asia/Almaty
            devices:
              - {"{"} id: weather, quantities: [air_temperature, relative_humidity, wind_speed, rain_rate, solar_radiation] {"}"}
            zones:
        {string.Join('\n', Enumerable.Range(0, zones).Select(Zone))}
        """;

    private static string Zone(int index) => string.Create(CultureInfo.InvariantCulture, $$"""
              - id: z{{index}}
                area: 1000 m2
                devices:
                  - { id: climate-{{index}}, quantities: [air_temperature, relative_humidity, co2, vpd, dew_point] }
                controllers:
                  - id: ctrl-{{index}}
                    actuators:
                      - { id: vent, kind: position, range: 0..100 %, safe: 0 %, min_move: 2 %, travel: 180 s, rest: 60 s }
                      - { id: valve, kind: position, range: 0..100 %, safe: 0 %, min_move: 1 %, travel: 120 s }
                      - { id: screen, kind: position, range: 0..100 %, safe: 0 %, travel: 300 s }
                      - { id: fog, kind: switch, safe: off, max_starts: 200 }
                      - { id: fan, kind: switch, safe: off, min_on: 3 min, min_off: 3 min }
                      - { id: co2_valve, kind: switch, safe: off }
        """);
}
