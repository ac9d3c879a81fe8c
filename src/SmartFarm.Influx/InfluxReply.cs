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
public sealed record InfluxReply(
    int Status, InfluxVerdict Verdict, string Message, bool IsAboutRows = false, TimeSpan? RetryAfter = null, string? ServerVersion = null);
