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

/// <summary>What was found: well, to be mended, or not to be known from here.</summary>
/// <param name="IsWell">Whether nothing needs mending.</param>
/// <param name="Sentence">What was seen; when something is wrong, also what to do.</param>
internal sealed record Finding(bool IsWell, string Sentence)
{
    /// <summary>Whether it could not be looked at; then it is no fault either.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>How it begins its line.</summary>
    public string Mark => IsUnknown ? "?   " : IsWell ? "ok  " : "MEND";

    public static Finding Well(string sentence) => new(true, sentence);

    public static Finding Mend(string sentence) => new(false, sentence);

    public static Finding Unknown(string sentence) => new(true, sentence) { IsUnknown = true };
}
