using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The data folder is on a disk that keeps what it says it has: neither memory nor a network share.</summary>
internal sealed class FileSystemExamination : IExamination
{
    private static readonly string[] Volatile = ["tmpfs", "ramfs"];
    private static readonly string[] Network = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs", "afs"];

    public string Name => "volume";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.FromResult(Examine(settings.Data.Directory));

    private static Finding Examine(string directory)
    {
        try
        {
            var kind = new DriveInfo(Path.GetFullPath(directory)).DriveFormat;
            return Volatile.Contains(kind, StringComparer.OrdinalIgnoreCase) ? Finding.Mend($"'{directory}' is on {kind}, in memory: it is empty after a power cut. Set SmartFarm__Data__Directory to a folder on a disk.")
                : Network.Contains(kind, StringComparer.OrdinalIgnoreCase) ? Finding.Mend($"'{directory}' is on {kind}, over the network: SQLite's log needs a local disk (https://sqlite.org/wal.html). Set SmartFarm__Data__Directory to one.")
                : Finding.Well($"'{directory}' is on {kind}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Unknown($"the file system of '{directory}' does not say what it is ({e.Message.TrimEnd('.')}).");
        }
    }
}
