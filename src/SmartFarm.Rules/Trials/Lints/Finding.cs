namespace SmartFarm.Rules.Trials.Lints;

/// <summary>How much a finding matters.</summary>
public enum FindingLevel
{
    /// <summary>The rules cannot be used.</summary>
    Error,

    /// <summary>The rules will hardly do what is meant.</summary>
    Warning,

    /// <summary>Worth a thought.</summary>
    Hint,
}

/// <summary>Something a check found: what, where, and what to do.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="File">File, relative to the farm folder, with forward slashes.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1; 0 when the whole file is meant.</param>
/// <param name="Subject">What it is about, such as <c>rule vent-on-heat</c>; may be empty.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
public sealed record Finding(string Check, FindingLevel Level, string File, int Line, int Column, string Subject, string Message)
{
    /// <summary>The line for the console, in the form that editors understand.</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $":{Line}:{Column}" : "")}: {Level.ToString().ToLowerInvariant()}: {(Subject.Length > 0 ? $"{Subject}: " : "")}{Message} [{Check}]";
}
