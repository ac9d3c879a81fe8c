using System.Text.Json;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>Reads one telemetry object. The reader stands on its opening brace, and afterwards on its closing one.</summary>
internal static class NativeObject
{
    public static void Read(ref Utf8JsonReader reader, DecodedMessage into)
    {
        var first = into.Readings.Length;
        var failures = into.Failures.Count;
        var seen = UInt128.Zero;
        var usable = true;
        long? time = null, seq = null;
        string? position = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ts"u8))
            {
                reader.Read();
                usable &= NativeTime.TryRead(ref reader, into, out time);
            }
            else if (reader.ValueTextEquals("seq"u8))
            {
                reader.Read();
                ReadSeq(ref reader, into, out seq);
            }
            else if (reader.ValueTextEquals("position"u8))
            {
                reader.Read();
                usable &= NativePosition.TryRead(ref reader, into, out position);
            }
            else if (TryQuantity(ref reader, into, out var quantity))
            {
                reader.Read();
                var bit = UInt128.One << quantity.Index;
                if ((seen & bit) != 0)
                {
                    into.Fail(RejectReason.BadShape, $"'{quantity.Name}' occurs twice in one object; the first one counts.");
                    reader.Skip();
                    continue;
                }

                seen |= bit;
                NativeValue.Read(ref reader, quantity, into);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (!usable)
        {
            into.Rewind(first);
            return;
        }

        if (into.Readings.Length == first && into.Failures.Count == failures)
        {
            into.Fail(RejectReason.BadShape, "The object holds no reading.");
        }

        into.Stamp(first, time, seq, position);
    }

    private static bool TryQuantity(ref Utf8JsonReader reader, DecodedMessage into, out Quantity quantity)
    {
        const int Longest = 256;
        Span<byte> unescaped = stackalloc byte[Longest];
        scoped var name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            name = name.Length <= Longest ? unescaped[..reader.CopyString(unescaped)] : default;
        }

        if (Quantities.TryGet(name, out quantity!))
        {
            return true;
        }

        into.Fail(RejectReason.UnknownQuantity, $"'{Excerpt.Of(name)}' is no quantity that is known.");
        return false;
    }

    private static void ReadSeq(ref Utf8JsonReader reader, DecodedMessage into, out long? seq)
    {
        seq = null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0)
        {
            seq = number;
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            into.Fail(RejectReason.BadType, "'seq' is not a whole number of 0 or more; the readings were taken without it.");
            reader.Skip();
        }
    }
}
