using System.Text;

namespace SmartFarm.Spool.Engine;

/// <summary>Texts that come again and again (accounts, reasons), so that reading a record makes no new string of each. Bounded; not thread-safe.</summary>
internal sealed class Names
{
    private const int Most = 100_000;
    private const int Longest = 256;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> text = stackalloc char[Longest];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        var name = text.ToString();
        _known.Add(name);
        return name;
    }
}
