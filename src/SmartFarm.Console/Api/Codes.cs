using System.Text.Json;

namespace SmartFarm.Console.Api;

/// <summary>Enumerations as the API spells them: <c>TimedOut</c> is <c>timed_out</c>.</summary>
internal static class Codes
{
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Codes.TryGetValue(value, out var code) ? code : Spell(value);

    /// <summary>The value of a code.</summary>
    /// <exception cref="BadQueryException">It is no code of this enumeration; the message names those that are.</exception>
    public static T Parse<T>(string parameter, string code)
        where T : struct, Enum => Table<T>.Values.TryGetValue(code, out var value)
            ? value
            : throw new BadQueryException($"'{parameter}' must be one of: {string.Join(", ", Table<T>.Values.Keys)}.");

    private static string Spell<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Codes = Enum.GetValues<T>().ToDictionary(value => value, Spell);
        public static readonly Dictionary<string, T> Values = Codes.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
