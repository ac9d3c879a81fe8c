using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SmartFarm.Simulator.LockStep;

/// <summary>
/// A word of the clock, and the answer to it: JSON such as <c>{"run":"5f1c","number":17,"time":"2026-07-15T08:00:10.0000000+00:00"}</c>.
/// </summary>
/// <param name="Run">Which simulation; made anew at each start.</param>
/// <param name="Number">Rises by one with each word, from 0.</param>
/// <param name="Time">The time to go to. The same as before: only work off what has come.</param>
public sealed record ClockWord(string Run, long Number, DateTimeOffset Time)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Where the time is told, retained: below a name that no site can have.</summary>
    public static string TimeTopic(string root) => $"{root}/$clock/time";

    /// <summary>Where it is answered.</summary>
    public static string AnswerTopic(string root) => $"{root}/$clock/answer";

    /// <summary>The bytes to send.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>Reads what was sent; false when it is no word of a clock. An empty payload is the end of a simulation, and none either.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ClockWord? word)
    {
        try
        {
            word = payload.IsEmpty ? null : JsonSerializer.Deserialize<ClockWord>(payload, s_json);
        }
        catch (JsonException)
        {
            word = null;
        }

        return word is not null;
    }
}
