namespace SmartFarm.Payloads.Native;

/// <summary>Reads numbers of JSON without an exponent and of 15 digits at most, exactly.</summary>
internal static class PlainNumber
{
    // A whole number of 15 digits and a power of ten up to 10^22 are exact doubles, and the quotient of two exact ones is rounded
    // correctly (W. D. Clinger, How to read floating point numbers accurately, 1990).
    private const int MostDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number and moves behind it; false, when it is none or not plain.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ref int at, out double value)
    {
        value = 0;
        var isNegative = at < text.Length && text[at] == '-';
        var start = isNegative ? at + 1 : at;
        var next = start;
        if (!TryDigits(text, ref next, out var mantissa) || (text[start] == '0' && next - start > 1))
        {
            return false;
        }

        var decimals = 0;
        if (next < text.Length && text[next] == '.')
        {
            var point = next++;
            if (!TryDigits(text, ref next, out var fraction))
            {
                return false;
            }

            decimals = next - point - 1;
            if (point - start + decimals > MostDigits)
            {
                return false;
            }

            mantissa = (mantissa * (long)PowersOfTen[decimals]) + fraction;
        }

        if (IsExponent(text, next) || (isNegative && mantissa == 0))
        {
            return false;
        }

        value = mantissa / PowersOfTen[decimals];
        value = isNegative ? -value : value;
        at = next;
        return true;
    }

    /// <summary>Reads a whole number of 0 or more and moves behind it; false, when it is none or not plain.</summary>
    public static bool TryReadWhole(ReadOnlySpan<byte> text, ref int at, out long value)
    {
        var next = at;
        if (!TryDigits(text, ref next, out value) || (text[at] == '0' && next - at > 1) || IsExponent(text, next) || (next < text.Length && text[next] == '.'))
        {
            return false;
        }

        at = next;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, ref int at, out long value)
    {
        value = 0;
        var start = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            value = (value * 10) + (text[at++] - '0');
            if (at - start > MostDigits)
            {
                return false;
            }
        }

        return at > start;
    }

    private static bool IsExponent(ReadOnlySpan<byte> text, int at) => at < text.Length && (text[at] | 0x20) == 'e';
}
