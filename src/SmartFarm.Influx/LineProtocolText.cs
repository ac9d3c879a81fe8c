using System.Buffers;
using System.Text;

namespace SmartFarm.Influx;

/// <summary>
/// Escaping of line protocol. A backslash escapes only what is special at its place; anywhere else it stands for itself, and so it
/// cannot be the last character of a name. Names cannot hold control characters either: a line ends at the first line feed.
/// </summary>
internal static class LineProtocolText
{
    /// <summary>The most bytes one character becomes: three of UTF-8, or an ASCII character behind a backslash.</summary>
    public const int MaxBytesPerChar = 3;

    /// <summary>Special in a measurement.</summary>
    public static readonly SearchValues<char> InMeasurement = SearchValues.Create(", ");

    /// <summary>Special in tag keys, tag values and field keys.</summary>
    public static readonly SearchValues<char> InName = SearchValues.Create(", =");

    /// <summary>Special in a quoted text.</summary>
    public static readonly SearchValues<char> InQuotes = SearchValues.Create("\"\\");

    private static readonly SearchValues<char> Unsayable = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c)]);

    /// <summary>Whether line protocol can express a measurement, a tag or a field key at all.</summary>
    public static bool IsSayable(ReadOnlySpan<char> name) => name.Length > 0 && name[^1] != '\\' && !name.ContainsAny(Unsayable);

    /// <summary>Writes a text with its special characters escaped; gives the number of bytes.</summary>
    public static int Escape(ReadOnlySpan<char> text, SearchValues<char> special, Span<byte> output)
    {
        var written = 0;
        for (int i; (i = text.IndexOfAny(special)) >= 0; text = text[(i + 1)..])
        {
            written += Encoding.UTF8.GetBytes(text[..i], output[written..]);
            output[written++] = (byte)'\\';
            output[written++] = (byte)text[i];
        }

        return written + Encoding.UTF8.GetBytes(text, output[written..]);
    }
}
