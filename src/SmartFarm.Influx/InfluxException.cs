namespace SmartFarm.Influx;

/// <summary>A query was not answered. The message is one sentence for an operator.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="status">HTTP status; 0 when there was no answer.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class InfluxException(string message, int status, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>HTTP status; 0 when there was no answer; 200 when the error was inside an answer.</summary>
    public int Status => status;
}
