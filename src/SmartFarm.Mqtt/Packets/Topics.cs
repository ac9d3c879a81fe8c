using System.Text;
using System.Text.Unicode;

namespace SmartFarm.Mqtt.Packets;

/// <summary>Validity of topic names and topic filters (MQTT 5 §4.7). Matching is the server's.</summary>
public static class Topics
{
    /// <summary>Longest name or filter, in bytes [MQTT-4.7.3-3].</summary>
    public const int MaxLength = 65_535;

    /// <summary>Whether a message may be published to it: 1 to 65535 bytes of UTF-8 without U+0000 and without wildcards [MQTT-4.7.0-1].</summary>
    public static bool IsValidName(ReadOnlySpan<byte> name) => IsText(name) && !name.ContainsAny((byte)'+', (byte)'#');

    /// <inheritdoc cref="IsValidName(ReadOnlySpan{byte})"/>
    public static bool IsValidName(string name) => IsValidName(Encode(name));

    /// <summary>
    /// Whether it may be subscribed to: as a name, but <c>+</c> may fill a whole level [MQTT-4.7.1-2] and <c>#</c> the last one
    /// [MQTT-4.7.1-1]; a shared subscription has a share name without wildcards and a filter [MQTT-4.8.2-1] [MQTT-4.8.2-2].
    /// </summary>
    public static bool IsValidFilter(ReadOnlySpan<byte> filter)
    {
        if (!IsText(filter))
        {
            return false;
        }

        if (filter.StartsWith("$share/"u8))
        {
            filter = filter["$share/"u8.Length..];
            var slash = filter.IndexOf((byte)'/');
            if (slash <= 0 || slash == filter.Length - 1 || filter[..slash].ContainsAny((byte)'+', (byte)'#'))
            {
                return false;
            }

            filter = filter[(slash + 1)..];
        }

        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] is (byte)'+' or (byte)'#')
            {
                var startsLevel = i == 0 || filter[i - 1] == '/';
                var endsLevel = i == filter.Length - 1 || (filter[i] == '+' && filter[i + 1] == '/');
                if (!startsLevel || !endsLevel)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <inheritdoc cref="IsValidFilter(ReadOnlySpan{byte})"/>
    public static bool IsValidFilter(string filter) => IsValidFilter(Encode(filter));

    private static bool IsText(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MaxLength && Utf8.IsValid(text) && !text.Contains((byte)0);

    // An unpaired surrogate is no text: the empty span is no valid topic.
    private static byte[] Encode(string text)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return [];
        }
    }
}
