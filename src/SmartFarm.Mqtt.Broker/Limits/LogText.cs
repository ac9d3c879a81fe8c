namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Makes what a client chose fit for one line of a log.</summary>
internal static class LogText
{
    private const int MaxLength = 64;

    /// <summary>The text without control characters and line separators, and cut where it becomes long.</summary>
    public static string Of(string text)
    {
        var end = text.Length <= MaxLength ? "" : "…";
        return string.Concat(text.Take(MaxLength).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c)) + end;
    }
}
