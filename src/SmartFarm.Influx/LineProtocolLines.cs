namespace SmartFarm.Influx;

/// <summary>Finds the rows in a body of line protocol as the database does: a line feed inside a quoted text does not end one.</summary>
public static class LineProtocolLines
{
    /// <summary>The rows without their line feeds; empty ones are left out.</summary>
    public static List<Range> Split(ReadOnlySpan<byte> body)
    {
        var lines = new List<Range>();
        for (var start = 0; start < body.Length;)
        {
            var length = LengthOfFirst(body[start..]);
            if (length > 0)
            {
                lines.Add(start..(start + length));
            }

            start += length + 1;
        }

        return lines;
    }

    /// <summary>Where measurement and tags of a row end.</summary>
    public static int EndOfSeries(ReadOnlySpan<byte> row) => EndOf(row, (byte)' ');

    /// <summary>Where a name ends: at the first such byte that no backslash precedes; otherwise its length.</summary>
    internal static int EndOf(ReadOnlySpan<byte> text, byte end)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == end)
            {
                return i;
            }

            i += IsEscape(text, i) ? 1 : 0;
        }

        return text.Length;
    }

    /// <summary>Outside quotes a backslash escapes a separator and otherwise stands for itself: \\= is a backslash and an escaped =.</summary>
    private static bool IsEscape(ReadOnlySpan<byte> text, int i) =>
        text[i] == (byte)'\\' && i + 1 < text.Length && text[i + 1] is (byte)',' or (byte)'=' or (byte)' ';

    /// <summary>Length of the first row, without its line feed; 0 when it is empty.</summary>
    public static int LengthOfFirst(ReadOnlySpan<byte> body)
    {
        var (inFields, inValue, inQuotes) = (false, false, false);
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case (byte)'\\':
                    i += inQuotes || IsEscape(body, i) ? 1 : 0;
                    break;
                case (byte)'"' when inValue:
                    inQuotes = !inQuotes;
                    break;
                case (byte)' ' when !inQuotes:
                    inFields = true;
                    break;
                case (byte)'=' when inFields && !inQuotes:
                    inValue = true;
                    break;
                case (byte)',' when !inQuotes:
                    inValue = false;
                    break;
                case (byte)'\n' when !inQuotes:
                    return i;
            }
        }

        return body.Length;
    }
}
