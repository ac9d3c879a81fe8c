namespace SmartFarm.Testing;

/// <summary>A fresh folder, removed with all its content when disposed.</summary>
/// <param name="inMemory">
/// Whether it is better in memory, where the machine has a file system there with room: for tests that judge what is decided or read back, and wait
/// for the disk thousands of times on the way. Tests of what outlives a kill or a full disk are on a disk.
/// </param>
public sealed class TempFolder(bool inMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Room = 1L << 30;

    public string Path { get; } = inMemory && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Room
        ? Directory.CreateDirectory($"{Memory}/smartfarm-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("smartfarm-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
