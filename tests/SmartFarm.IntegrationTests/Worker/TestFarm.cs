using SmartFarm.Testing;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>A small farm folder on disk, as an agronomist would write it.</summary>
internal static class TestFarm
{
    public static string Write(TempFolder folder)
    {
        Directory.CreateDirectory(folder.File("rules"));
        File.WriteAllText(folder.File("farm.yaml"), """
            farm: test
            sites:
              - id: t1
                name: Test site
                time_zone: Asia/Almaty
                devices:
                  - { id: weather, quantities: [air_temperature, relative_humidity, solar_radiation, wind_speed] }
                zones:
                  - id: gh1
                    name: House 1
                    crop: lettuce
                    area: 96 m2
                    devices:
                      - { id: climate-1, interval: 10 s, stale_after: 10 min, quantities: [air_temperature, relative_humidity, co2, ppfd, pipe_temperature] }
                    controllers:
                      - id: ctrl-1
                        actuators:
                          - { id: roof_vent, kind: position, range: 0..100 %, safe: 0 %, min_move: 2 %, travel: 10 s }
            """);
        File.WriteAllText(folder.File("rules/climate.yaml"), """
            rules:
              - id: vent-on-heat
                zones: [gh1]
                when: air_temperature > 28 °C
                until: air_temperature < 26 °C
                set: { roof_vent: 60 % }
                otherwise: { roof_vent: 0 % }
            """);
        return folder.Path;
    }
}
