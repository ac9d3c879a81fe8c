using System.Globalization;

namespace SmartFarm.Configuration.Values;

/// <summary>A number with the unit that was written behind it.</summary>
/// <param name="Value">The number, finite.</param>
/// <param name="Unit">The unit as written; empty when there was none.</param>
public readonly record struct Amount(double Value, string Unit)
{
    /// <summary>Reads <c>207 m</c>, <c>60%</c>, <c>-3.5 °C</c>. The number uses a point and no thousands separators.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount)
    {
        text = text.Trim();
        var length = NumberLength(text);
        if (length > 0 && double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            amount = new Amount(value, text[length..].Trim().ToString());
            return amount.Unit.Length == 0 || amount.Unit[0] is not (',' or '.' or '+' or '-');
        }

        amount = default;
        return false;
    }

    /// <summary>Number of characters at the start of the text that form a number; 0 when it does not start with one.</summary>
    public static int NumberLength(ReadOnlySpan<char> text)
    {
        var i = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        var first = i;
        i = Digits(text, i);
        if (i == first)
        {
            return 0;
        }

        if (i + 1 < text.Length && text[i] == '.' && char.IsAsciiDigit(text[i + 1]))
        {
            i = Digits(text, i + 1);
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var exponent = i + 1 < text.Length && text[i + 1] is '-' or '+' ? i + 2 : i + 1;
            var end = Digits(text, exponent);
            i = end > exponent ? end : i;
        }

        return i;
    }

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
        {
            from++;
        }

        return from;
    }
}
