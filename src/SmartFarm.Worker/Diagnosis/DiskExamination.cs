using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The data folder can be written and has room.</summary>
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
            var free = new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? new Finding(true, $"'{directory}' can be written, {free / 1e9:0} GB free.")
                : new Finding(false, $"'{directory}' has only {free / 1e6:0} MB free: make room, or set SmartFarm__Data__Directory to another disk.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(false, $"'{directory}' cannot be written ({e.Message}): give this user the right to, or set SmartFarm__Data__Directory.");
        }
    }
}
