using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The farm folder can be read and its rules compile.</summary>
internal sealed class FarmExamination : IExamination
{
    public string Name => "farm";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var loaded = FarmFolder.Load(settings.Farm);
        return Task.FromResult(loaded.Findings.Count == 0
            ? new Finding(true, $"'{settings.Farm}' holds farm '{loaded.Farm!.Id}'.")
            : new Finding(false, $"{loaded.Findings.Count} mistake(s), the first: {loaded.Findings[0]} 'smartfarm check' lists all."));
    }
}
