namespace SmartFarm.Domain.Text;

/// <summary>
/// The one rule for names of sites, zones, devices, controllers and actuators: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.
/// It keeps names safe in MQTT topics, line protocol, file names and URLs alike; it is checked at enrolment and at ingest.
/// </summary>
public static class Names
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether the UTF-8 text is a valid name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength || !IsAlphanumeric(utf8[0]))
        {
            return false;
        }

        foreach (var c in utf8)
        {
            if (!IsAlphanumeric(c) && c is not ((byte)'_' or (byte)'-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text is a valid name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        Span<byte> ascii = stackalloc byte[MaxLength];
        for (var i = 0; i < text.Length; i++)
        {
            ascii[i] = text[i] < 128 ? (byte)text[i] : (byte)0;
        }

        return IsValid(ascii[..text.Length]);
    }

    private static bool IsAlphanumeric(byte c) => c is >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9';
}
