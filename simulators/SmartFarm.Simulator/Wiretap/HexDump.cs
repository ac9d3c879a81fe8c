using System.Globalization;
using System.Text;

namespace SmartFarm.Simulator.Wiretap;

/// <summary>Bytes in lines of sixteen: hexadecimal, and as characters where they are printable.</summary>
internal static class HexDump
{
    private const int PerLine = 16;

    /// <param name="bytes">The bytes.</param>
    /// <param name="hidden">How many of the last bytes are shown as stars: a password.</param>
    public static string Of(ReadOnlySpan<byte> bytes, int hidden = 0)
    {
        var text = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += PerLine)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(start > 0 ? "\n" : "")}    {start:x4}  ");
            for (var i = start; i < start + PerLine; i++)
            {
                text.Append(i >= bytes.Length ? "   " : i >= bytes.Length - hidden ? "** " : $"{bytes[i]:x2} ");
            }

            text.Append(' ');
            for (var i = start; i < Math.Min(start + PerLine, bytes.Length); i++)
            {
                text.Append(i >= bytes.Length - hidden ? '*' : bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.');
            }
        }

        return text.ToString();
    }
}
