using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SmartFarm.Influx;

/// <summary>Encodes what the rows of one series begin with, to be done once per series.</summary>
public static class LineProtocolSeries
{
    /// <summary>Encodes a measurement and its tags, in the order given. Tags with an empty value are left out: line protocol has none.</summary>
    /// <param name="measurement">Name of the measurement.</param>
    /// <param name="tags">Tags; sorted by key costs the database least.</param>
    /// <param name="series">The bytes, for <see cref="LineProtocolWriter.Begin"/>.</param>
    /// <param name="problem">A sentence that says what line protocol cannot express; empty when it can.</param>
    public static bool TryEncode(
        string measurement, IReadOnlyList<KeyValuePair<string, string>> tags, [NotNullWhen(true)] out byte[]? series, out string problem)
    {
        problem = ProblemOf(measurement, tags);
        if (problem.Length > 0)
        {
            series = null;
            return false;
        }

        var output = new ArrayBufferWriter<byte>();
        Add(output, default, measurement, LineProtocolText.InMeasurement);
        foreach (var (key, value) in tags)
        {
            if (value.Length > 0)
            {
                Add(output, ","u8, key, LineProtocolText.InName);
                Add(output, "="u8, value, LineProtocolText.InName);
            }
        }

        series = output.WrittenSpan.ToArray();
        return true;
    }

    private static string ProblemOf(string measurement, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        // A line that begins with # is a comment: the database would drop it without a word.
        if (!LineProtocolText.IsSayable(measurement) || measurement[0] == '#')
        {
            return $"The measurement '{measurement}' cannot be written: it is empty, begins with #, ends with a backslash or holds a control character.";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (value.Length > 0 && (!LineProtocolText.IsSayable(key) || !LineProtocolText.IsSayable(value)))
            {
                return $"The tag '{key}' = '{value}' of '{measurement}' cannot be written: key or value ends with a backslash or holds a control character, or the key is empty.";
            }

            if (key == "time" || !seen.Add(key))
            {
                return $"The tag '{key}' of '{measurement}' cannot be written: the name is reserved, or given twice.";
            }
        }

        return "";
    }

    private static void Add(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> lead, string text, SearchValues<char> special)
    {
        var span = output.GetSpan(lead.Length + (text.Length * LineProtocolText.MaxBytesPerChar));
        lead.CopyTo(span);
        output.Advance(lead.Length + LineProtocolText.Escape(text, special, span[lead.Length..]));
    }
}
