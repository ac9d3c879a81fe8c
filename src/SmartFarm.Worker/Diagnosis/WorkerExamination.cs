using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>What the running worker says about itself: among others, that a second one uses its client id.</summary>
internal sealed class WorkerExamination : IExamination
{
    public string Name => "worker";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var worker = new RunningWorker(settings.Http);
        if (!await worker.AnswersAsync(clock, cancellationToken))
        {
            return Finding.Unknown($"no worker answers at {worker.Address}; one that is not to run needs no answer.");
        }

        var sick = (await worker.PartsAsync(cancellationToken)).Where(p => p.Status != "healthy").Select(p => $"{p.Name}: {p.Reason}").ToArray();
        return sick.Length == 0 ? Finding.Well($"the one at {worker.Address} takes and keeps readings.") : Finding.Mend(string.Join(' ', sick));
    }
}
