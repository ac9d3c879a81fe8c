using SmartFarm.Sqlite;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Whoever has the data folder open is the worker that answers where we expect it.</summary>
internal sealed class HolderExamination : IExamination
{
    public string Name => "folder";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var directory = settings.Data.Directory;
        if (!OperatingSystem.IsLinux())
        {
            return Finding.Unknown($"who has '{directory}' open can be seen on Linux only.");
        }

        if (Processes.HolderOf(Path.Combine(directory, DataFolderLock.FileName)) is not { } holder)
        {
            return Finding.Well($"'{directory}' is open in no process that this user can see.");
        }

        using var worker = new RunningWorker(settings.Http);
        return await worker.AnswersAsync(clock, cancellationToken)
            ? Finding.Well($"'{directory}' is open in {holder}, which answers at {worker.Address}.")
            : Finding.Mend($"'{directory}' is open in {holder}, and no worker answers at {worker.Address}: stop that process, or name its port with --http-port, or give this worker a folder of its own.");
    }
}
