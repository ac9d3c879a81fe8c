namespace SmartFarm.Influx;

/// <summary>Quoting of InfluxQL, so that no name or text can be taken for anything else.</summary>
public static class InfluxQl
{
    /// <summary>Earliest time a query may name, Unix ms: InfluxDB counts 64-bit nanoseconds.</summary>
    public const long MinTimeMs = -9_223_372_036_853;

    /// <summary>Latest time a query may name, Unix ms.</summary>
    public const long MaxTimeMs = 9_223_372_036_853;

    /// <summary>A measurement, field or tag key.</summary>
    public static string Identifier(string name) => '"' + Escape(name).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    /// <summary>A text.</summary>
    public static string Text(string value) => '\'' + Escape(value).Replace("'", "\\'", StringComparison.Ordinal) + '\'';

    /// <summary>An instant, held to what a query may name.</summary>
    public static string Time(long unixMs) => $"{Math.Clamp(unixMs, MinTimeMs, MaxTimeMs)}ms";

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
