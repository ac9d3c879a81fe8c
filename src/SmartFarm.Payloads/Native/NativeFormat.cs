using System.Text.Json;
using System.Text.Unicode;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>
/// Our own telemetry payload: <c>{"ts":"2026-11-22T08:00:00.250Z","seq":4711,"air_temperature":23.4}</c>, or an array of such objects.
/// A value may be <c>{"v":74.1,"u":"[degF]"}</c>, or null when the device has none. What is wrong with one value costs that value;
/// what is wrong with the JSON costs the message.
/// </summary>
public sealed class NativeFormat : IPayloadFormat
{
    /// <summary>The name used in <c>farm.yaml</c>.</summary>
    public const string FormatName = "native";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, DecodedMessage into)
    {
        if (!Utf8.IsValid(payload))
        {
            into.Fail(RejectReason.BadUtf8, "The payload is not UTF-8.");
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    NativeObject.Read(ref reader, into);
                    break;
                case JsonTokenType.StartArray:
                    ReadBatch(ref reader, into);
                    break;
                default:
                    into.Fail(RejectReason.BadShape, "The payload is neither a JSON object nor an array of objects.");
                    break;
            }

            while (reader.Read())
            {
                // Nothing may follow: the reader throws if something does.
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which System.Text.Json finds only when the text is looked at.
            into.Reset();
            into.Fail(RejectReason.BadJson, $"The payload is not JSON: {e.Message}");
        }
    }

    private static void ReadBatch(ref Utf8JsonReader reader, DecodedMessage into)
    {
        var isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isEmpty = false;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                NativeObject.Read(ref reader, into);
            }
            else
            {
                into.Fail(RejectReason.BadShape, "An element of the batch is not an object.");
                reader.Skip();
            }
        }

        if (isEmpty)
        {
            into.Fail(RejectReason.BadShape, "The batch is empty.");
        }
    }
}
