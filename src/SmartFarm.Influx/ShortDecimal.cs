using System.Globalization;

namespace SmartFarm.Influx;

/// <summary>
/// Writes numbers of up to four decimals, which is what sensors send, several times faster than the general formatter and byte for byte as
/// it does. Such a decimal has at most 13 digits; no two decimals of 15 digits or fewer are the same double, so when it reads back to the
/// value it is the shortest text that does.
/// </summary>
internal static class ShortDecimal
{
    private const double Scale = 10_000;
    private const int Decimals = 4;
    private const double Limit = 1e9;

    /// <summary>Writes the number; false, and nothing is written, when it needs the general formatter.</summary>
    public static bool TryFormat(double value, Span<byte> output, out int written)
    {
        written = 0;
        if (!(Math.Abs(value) < Limit))
        {
            return false;
        }

        // Both operands of the division are exact, so its result is the double nearest to the decimal.
        var scaled = (long)Math.Round(value * Scale);
        if (scaled / Scale != value || (scaled == 0 && double.IsNegative(value)))
        {
            return false;
        }

        if (scaled < 0)
        {
            output[written++] = (byte)'-';
            scaled = -scaled;
        }

        var (whole, part) = Math.DivRem(scaled, (long)Scale);
        whole.TryFormat(output[written..], out var digits, default, CultureInfo.InvariantCulture);
        written += digits;
        if (part == 0)
        {
            return true;
        }

        var length = Decimals;
        for (; part % 10 == 0; part /= 10)
        {
            length--;
        }

        output[written] = (byte)'.';
        for (var at = length; at > 0; at--, part /= 10)
        {
            output[written + at] = (byte)('0' + (part % 10));
        }

        written += 1 + length;
        return true;
    }
}
