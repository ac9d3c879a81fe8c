namespace SmartFarm.Configuration;

/// <summary>One thing wrong in the farm folder: what, where, and what to do.</summary>
/// <param name="File">File, relative to the farm folder, with forward slashes.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1; 0 when the whole file is meant.</param>
/// <param name="Subject">What it is about: a path such as <c>sites[0].zones[1].id</c>, or <c>rule vent-on-heat</c>; may be empty.</param>
/// <param name="Message">One sentence with the remedy.</param>
public sealed record ConfigurationError(string File, int Line, int Column, string Subject, string Message)
{
    /// <summary>The line for the console, in the form that editors understand: <c>rules/climate.yaml:4:11: rule vent-on-heat: …</c>.</summary>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}:{Column}: " : $"{File}: ") + (Subject.Length > 0 ? $"{Subject}: " : "") + Message;
}
