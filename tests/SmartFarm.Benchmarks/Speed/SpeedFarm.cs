using System.Globalization;
using System.Text;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>A farm of any size: devices in groups of four to a zone, one rule per zone.</summary>
internal static class SpeedFarm
{
    private const int DevicesPerZone = 4;

    public static void Write(string folder, int devices)
    {
        Directory.CreateDirectory(Path.Combine(folder, "rules"));
        var zones = (devices + DevicesPerZone - 1) / DevicesPerZone;
        var farm = new StringBuilder("farm: speed\nsites:\n  - id: t1\n    name: Speed\n    time_zone: Asia/Almaty\n    zones:\n");
        for (var zone = 0; zone < zones; zone++)
        {
            farm.Append(CultureInfo.InvariantCulture, $"      - id: gh{zone}\n        name: House {zone}\n        area: 1000 m2\n        devices:\n");
            for (var i = zone * DevicesPerZone; i < Math.Min(devices, (zone + 1) * DevicesPerZone); i++)
            {
                farm.Append(CultureInfo.InvariantCulture, $"          - {{ id: {Telemetry.Device(i)}, interval: 10 s, stale_after: 10 min, quantities: [air_temperature, relative_humidity] }}\n");
            }

            farm.Append(CultureInfo.InvariantCulture, $"        controllers:\n          - id: ctrl-{zone}\n            actuators:\n              - {{ id: roof_vent, kind: position, range: 0..100 %, safe: 0 %, min_move: 2 %, travel: 10 s }}\n");
        }

        File.WriteAllText(Path.Combine(folder, "farm.yaml"), farm.ToString());
        var names = string.Join(", ", Enumerable.Range(0, zones).Select(z => $"gh{z}"));
        File.WriteAllText(Path.Combine(folder, "rules", "climate.yaml"), $$"""
            rules:
              - id: vent-on-heat
                zones: [{{names}}]
                when: air_temperature > 40 °C for 2 min
                until: air_temperature < 38 °C
                set: { roof_vent: 60 % }
                otherwise: { roof_vent: 0 % }

            """);
    }
}
