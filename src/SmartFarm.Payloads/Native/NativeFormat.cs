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
        if (!FlatObject.TryRead(payload, into))
        {
            DecodeAny(payload, into);
        }
    }

    /// <summary>The general reader: takes every payload.</summary>
    internal static void DecodeAny(ReadOnlySpan<byte> payload, DecodedMessage into)
    {
        if (!Utf8.IsValid(payload))
        {
            into.Fail(RejectReason.BadUtf8, "The payload is not UTF-8.");
            return;
        }

        // First, so that a device that floods garbage costs no exception a message.
        if (!JsonGrammar.Accepts(payload, out var at))
        {
            into.Fail(RejectReason.BadJson, at == payload.Length ? "The payload is not JSON: it ends too early." : $"The payload is not JSON: byte {at} does not fit.");
            return;
        }

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
