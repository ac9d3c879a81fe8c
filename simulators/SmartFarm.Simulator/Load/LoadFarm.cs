using System.Text;

namespace SmartFarm.Simulator.Load;

/// <summary>The description of a farm whose devices a load sends for.</summary>
internal static class LoadFarm
{
    private const int DevicesPerZone = 20;

    /// <summary>Writes <c>farm.yaml</c> and gives its path.</summary>
    /// <exception cref="SimulatorException">It cannot be written, or there is one already.</exception>
    public static string Write(string folder, LoadOptions options)
    {
        var text = new StringBuilder($"# Devices of 'smartfarm-sim load'.\nfarm: load\nsites:\n  - id: {options.Site}\n    name: Load\n    time_zone: UTC\n    zones:\n");
        foreach (var zone in Enumerable.Range(0, options.Devices).Chunk(DevicesPerZone))
        {
            text.Append($"      - id: house-{zone[0] / DevicesPerZone}\n        name: House {zone[0] / DevicesPerZone}\n        area: 1000 m2\n        devices:\n");
            text.AppendJoin("", zone.Select(device => $"          - {{ id: {DeviceFrames.Device(device)}, interval: {Interval(options)} s, quantities: [air_temperature, relative_humidity] }}\n"));
        }

        var path = Path.Combine(folder, "farm.yaml");
        try
        {
            Directory.CreateDirectory(folder);
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(text);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The farm cannot be written to '{path}': {e.Message}");
        }
    }

    private static int Interval(LoadOptions options) => Math.Max(1, (int)Math.Ceiling(options.Devices / options.Rate));
}
