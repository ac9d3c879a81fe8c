using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Backup;

/// <summary>Looks for room before anything is written.</summary>
internal static class DiskRoom
{
    /// <exception cref="SettingsException">The disk of <paramref name="path"/> has less free.</exception>
    public static void Require(string path, long bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new SettingsException($"There is no room in '{folder}': {bytes / 1e6:0.#} MB may be needed, {free / 1e6:0.#} MB are free. Make room, or choose another disk.");
        }
    }
}
