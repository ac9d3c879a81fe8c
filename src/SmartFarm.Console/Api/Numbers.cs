namespace SmartFarm.Console.Api;

/// <summary>Numbers as JSON can carry them.</summary>
internal static class Numbers
{
    /// <summary>The number, or null when JSON has no word for it.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static DateTimeOffset? Time(long? unixMs) => unixMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
