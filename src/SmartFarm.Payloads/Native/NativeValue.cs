using System.Text.Json;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>Reads the value of a quantity: a number, null, or <c>{"v":74.1,"u":"[degF]"}</c>.</summary>
internal static class NativeValue
{
    public static void Read(ref Utf8JsonReader reader, Quantity quantity, DecodedMessage into)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadWithUnit(ref reader, quantity, into);
        }
        else if (TryNumber(ref reader, quantity, into, out var value))
        {
            into.Add(new RawReading(quantity, value, null, null, null, null));
        }
    }

    private static void ReadWithUnit(ref Utf8JsonReader reader, Quantity quantity, DecodedMessage into)
    {
        double? value = null;
        Unit? unit = null;
        var usable = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("v"u8))
            {
                reader.Read();
                usable &= TryNumber(ref reader, quantity, into, out var number);
                value = number;
            }
            else if (reader.ValueTextEquals("u"u8))
            {
                reader.Read();
                usable &= TryUnit(ref reader, quantity, into, out unit);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (usable && value is { } found)
        {
            into.Add(new RawReading(quantity, found, unit, null, null, null));
        }
        else if (usable)
        {
            into.Fail(RejectReason.BadShape, $"The value of '{quantity.Name}' has no \"v\".");
        }
    }

    private static bool TryNumber(ref Utf8JsonReader reader, Quantity quantity, DecodedMessage into, out double value)
    {
        value = double.NaN;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number when reader.TryGetDouble(out value) && double.IsFinite(value):
                return true;
            case JsonTokenType.Number:
                into.Fail(RejectReason.BadNumber, $"The value of '{quantity.Name}' is too large for a number: {Excerpt.Of(reader.ValueSpan)}");
                return false;
            default:
                into.Fail(RejectReason.BadType, $"The value of '{quantity.Name}' is {Name(reader.TokenType)}, not a number.");
                reader.Skip();
                return false;
        }
    }

    private static bool TryUnit(ref Utf8JsonReader reader, Quantity quantity, DecodedMessage into, out Unit? unit)
    {
        unit = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            into.Fail(RejectReason.BadUnit, $"The unit of '{quantity.Name}' is not a text.");
            reader.Skip();
            return false;
        }

        const int Longest = 128;
        Span<byte> unescaped = stackalloc byte[Longest];
        scoped var text = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            text = text.Length <= Longest ? unescaped[..reader.CopyString(unescaped)] : default;
        }

        if (!Units.TryGet(text, out unit))
        {
            into.Fail(RejectReason.BadUnit, $"The unit '{Excerpt.Of(text)}' of '{quantity.Name}' is not known.");
            return false;
        }

        if (!unit.ConvertsTo(quantity.Unit))
        {
            into.Fail(RejectReason.BadUnit, $"'{quantity.Name}' is in {quantity.Unit}; {unit} measures something else ({unit.Dimension}).");
            return false;
        }

        return true;
    }

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.StartArray => "an array",
        _ => "true or false",
    };
}
