using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>A zone with one of everything that can be declared of a machine: least times, rest, starts, groups, and safe states at either end.</summary>
internal static class SafetyFarm
{
    public const string Site = "s1";
    public const string Zone = "z1";
    public const string Address = "ctrl-1";

    /// <summary>Devices fall silent rather than stale sooner than this.</summary>
    public const long StaleAfterMs = 60_000;

    public const string Text = """
        farm: safety
        sites:
          - id: s1
            location: { latitude: 43.30, longitude: 68.25 }
            time_zone: Asia/Almaty
            devices:
              - { id: weather, quantities: [wind_speed, rain_rate, air_temperature] }
            zones:
              - id: z1
                planted: 2026-03-01
                stages: { propagation: 0 d, vegetative: 20 d, fruiting: 60 d }
                devices:
                  - { id: climate-1, quantities: [air_temperature, relative_humidity, co2] }
                controllers:
                  - id: ctrl-1
                    actuators:
                      - { id: vent, kind: position, range: 0..100 %, safe: 0 %, min_move: 2 %, travel: 60 s, rest: 30 s }
                      - { id: screen, kind: position, range: 0..100 %, safe: 100 %, emergency: 50 %, travel: 30 s }
                      - { id: heater, kind: switch, safe: off, min_on: 2 min, min_off: 1 min, max_starts: 3 }
                      - { id: drip_1, kind: switch, safe: off, min_on: 20 s }
                      - { id: drip_2, kind: switch, safe: off }
                      - { id: drip_3, kind: switch, safe: off, min_off: 30 s }
                exclusive: [[drip_1, drip_2], [drip_2, drip_3]]
        """;

    public static Farm Farm { get; } = FarmLoader.Parse(Text) is { Farm: { } farm } ? farm : throw new InvalidOperationException(string.Join('\n', FarmLoader.Parse(Text).Errors));

    public static ZoneRules Compile(string rules, Farm? farm = null)
    {
        var result = RuleLoader.Parse(rules, farm ?? Farm);
        return result.IsValid && result.Book.TryGet(Site, Zone, out var zone) ? zone : throw new InvalidOperationException(string.Join('\n', result.Errors) + "\n" + rules);
    }
}
