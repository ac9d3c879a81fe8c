namespace SmartFarm.Influx;

/// <summary>What an answer means for the bytes that were sent.</summary>
public enum InfluxVerdict
{
    /// <summary>Stored.</summary>
    Stored,

    /// <summary>Some or all rows are refused for what they are (400, 422). Which ones, and whether the others are stored, differs by version.</summary>
    BadRows,

    /// <summary>The body is too large (413).</summary>
    TooLarge,

    /// <summary>Somebody has to mend something: credentials, a missing database, a wrong address.</summary>
    NeedsMending,

    /// <summary>It will do later: overload, failure, no answer. Rows with a time may be sent again: they replace themselves.</summary>
    TryLater,
}

/// <summary>The answer to a write or a ping.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Message">What the database or the network said, in one line; empty when nothing.</param>
/// <param name="IsAboutRows">Whether the message is one that databases are known to give about rows, and not about the request.</param>
/// <param name="RetryAfter">How long the database asks to be left alone, at most ten minutes; null when it did not say.</param>
/// <param name="ServerVersion">What the database says it is; null when it did not say.</param>
/// <param name="IsTimeout">Whether the time allowed ran out before the answer was there.</param>
/// <param name="BadRows">Numbers of the rows that version 3 names, from 0; a hint: it names a hundred at most. Empty when it named none.</param>
public sealed record InfluxReply(
    int Status,
    InfluxVerdict Verdict,
    string Message,
    bool IsAboutRows = false,
    TimeSpan? RetryAfter = null,
    string? ServerVersion = null,
    bool IsTimeout = false,
    IReadOnlyList<int>? BadRows = null)
{
    private static readonly string[] Conflicts = ["field type conflict", "invalid column type", "schema conflict"];

    /// <summary>Whether a field has another type than the database holds.</summary>
    public bool IsTypeConflict => Verdict == InfluxVerdict.BadRows && Conflicts.Any(words => Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether good rows beside refused ones are stored: what a "partial write" and a 422 say.</summary>
    public bool IsPartial => Verdict == InfluxVerdict.BadRows && (Status == 422 || Message.Contains("partial write", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is a limit of the database that is reached, whichever rows are sent.</summary>
    public bool IsOverload => Status is 429 or 503
        || (Status >= 500 && (Message.Contains("cache-max-memory", StringComparison.Ordinal) || Message.Contains("max series", StringComparison.OrdinalIgnoreCase)
            || Message.Contains("max-series", StringComparison.OrdinalIgnoreCase)));
}
