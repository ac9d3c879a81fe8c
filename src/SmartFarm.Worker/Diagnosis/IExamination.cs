using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>One thing that the doctor looks at. Changes nothing.</summary>
internal interface IExamination
{
    /// <summary>What is looked at, in a word.</summary>
    string Name { get; }

    /// <summary>Looks. Never throws but for cancellation.</summary>
    Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken);
}

/// <summary>What was found.</summary>
/// <param name="IsWell">Whether nothing needs mending.</param>
/// <param name="Sentence">What was seen; when something is wrong, also what to do.</param>
internal sealed record Finding(bool IsWell, string Sentence);
