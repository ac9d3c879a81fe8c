using SmartFarm.Influx;

namespace SmartFarm.Worker.Influx;

/// <summary>One sentence for the operator: what InfluxDB answered, and what to do about it.</summary>
internal static class InfluxAdvice
{
    public static string For(InfluxOptions options, InfluxReply reply)
    {
        var said = reply.Message.Length == 0 ? $"{reply.Status}" : $"{reply.Status}: {reply.Message.TrimEnd('.')}";
        return reply switch
        {
            { Status: 0 } => reply.Message,
            { Status: 401 or 403 } => $"{options} refuses our credentials ({said}): check SmartFarm:Influx:{Credential(options)}, and that it may write there.",
            { Status: 404 } when IsDatabaseMissing(reply.Message) => $"{options} has no such database ({said}): {HowToCreate(options)}.",
            { Status: 404 } => $"{options} knows no such address ({said}): check SmartFarm:Influx:Url and Version.",
            { Status: >= 300 and < 400 } =>
                $"{options} {reply.Message.TrimEnd('.')} ({reply.Status}): neither data nor credentials are sent there; set SmartFarm:Influx:Url to where the database is.",
            { Status: 429 or 503 } => $"{options} is overloaded ({said}); what waits is sent when it recovers.",
            { IsOverload: true } =>
                $"{options} is at one of its limits ({said}): what waits is sent when there is room; if it stays so, raise that limit, or give the database more memory or fewer series.",
            { Verdict: InfluxVerdict.NeedsMending } => $"{options} answers as no InfluxDB does ({said}): check SmartFarm:Influx:Url and Version, and any proxy between.",
            _ => $"{options} failed ({said}); what waits is sent again.",
        };
    }

    /// <summary>Whether a message says that the database, bucket or organisation does not exist.</summary>
    public static bool IsDatabaseMissing(string message) =>
        message.Contains("database", StringComparison.OrdinalIgnoreCase) || message.Contains("bucket", StringComparison.OrdinalIgnoreCase)
        || message.Contains("organization", StringComparison.OrdinalIgnoreCase);

    /// <summary>How a database is made in the version at hand.</summary>
    public static string HowToCreate(InfluxOptions options) => options.Version switch
    {
        1 => $"run CREATE DATABASE {InfluxQl.Identifier(options.Database)} in it",
        2 => $"create the bucket '{options.Database}' in the organisation '{options.Org}', or check SmartFarm:Influx:Database and Org",
        _ => $"create the database '{options.Database}', or check SmartFarm:Influx:Database",
    };

    private static string Credential(InfluxOptions options) => options.Token is not null ? "Token" : "Username and Password";
}
