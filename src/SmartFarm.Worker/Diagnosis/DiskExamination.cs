using SmartFarm.Sqlite;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The data folder and the files in it can be written, and there is room.</summary>
internal sealed class DiskExamination : IExamination
{
    private const long LeastFreeBytes = 1L << 30;

    public string Name => "disk";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken) => Task.FromResult(Examine(settings.Data.Directory));

    private static Finding Examine(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "smartfarm");
            File.Delete(probe);
            var database = Path.Combine(directory, SqliteFolder.FileName);
            if (File.Exists(database))
            {
                using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }

            var free = new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? Finding.Well($"'{directory}' can be written, {free / 1e9:0} GB free.")
                : Finding.Mend($"'{directory}' has only {free / 1e6:0} MB free: make room, or set SmartFarm__Data__Directory to another disk. Below 256 MB nothing more is acknowledged.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Mend(
                $"'{directory}' cannot be written by the user '{Environment.UserName}' ({e.Message.TrimEnd('.')}): give the folder and its files to this user (chown -R), or set SmartFarm__Data__Directory.");
        }
    }
}
