using System.Text;

namespace SmartFarm.Payloads.Native;

/// <summary>A short piece of what a device sent, fit for a sentence.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8.Length > Longest ? utf8[..Longest] : utf8);
        return utf8.Length > Longest ? text + "…" : text;
    }
}
