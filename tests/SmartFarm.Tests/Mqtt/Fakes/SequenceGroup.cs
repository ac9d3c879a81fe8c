using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>A group of packet sequences as mosquitto writes them.</summary>
internal sealed partial record SequenceGroup(string Group, int Ver = 4, bool Connect = true, bool Connack = true, bool? ExpectDisconnect = null)
{
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public SequenceTest[] Tests { get; init; } = [];

    public bool Expects(SequenceTest test) => test.ExpectDisconnect ?? ExpectDisconnect ?? true;

    /// <summary>
    /// The bytes of words such as <c>32 r16 s5 'topic' m1234</c>: bare hex, variable length integers (r, v), 16 bit (s, k, m, H), 32 bit (L),
    /// 8 bit (i), and quoted text.
    /// </summary>
    public static byte[] Bytes(string words) => [.. Word().Matches(words).SelectMany(m => Encode(m.Value))];

    private static byte[] Encode(string word) => word[0] switch
    {
        '\'' => Encoding.UTF8.GetBytes(word[1..^1]),
        'r' or 'v' => VarInt(Number(word)),
        's' or 'k' or 'm' or 'H' => Fixed(Number(word), 2),
        'L' => Fixed(Number(word), 4),
        'i' => [(byte)Number(word)],
        _ => Convert.FromHexString(word),
    };

    private static long Number(string word) => long.Parse(word.AsSpan(1), CultureInfo.InvariantCulture);

    private static byte[] Fixed(long value, int size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes[^size..];
    }

    private static byte[] VarInt(long value)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((value & 0x7F) + (value > 0x7F ? 0x80 : 0)));
            value >>= 7;
        }
        while (value > 0);
        return [.. bytes];
    }

    [GeneratedRegex("'[^']*'|\\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

internal sealed record SequenceTest(string Name, SequenceMessage[] Msgs, int? Ver = null, bool? Connect = null, bool? Connack = null, bool? ExpectDisconnect = null);

internal sealed record SequenceMessage(string Type, string Payload);
