namespace SmartFarm.Configuration.Values;

/// <summary>Turns a word that is not known into advice.</summary>
public static class Suggestion
{
    private const int ListAtMost = 12;

    /// <summary>The end of a sentence: "did you mean 'x'?", or the list of what is possible, or where to look.</summary>
    public static string For(string word, IReadOnlyCollection<string> known)
    {
        if (Nearest(word, known) is { } nearest)
        {
            return $"did you mean '{nearest}'?";
        }

        var names = known.Distinct(StringComparer.Ordinal).ToArray();
        return names.Length switch
        {
            0 => "there is none to choose from.",
            <= ListAtMost => $"known are {string.Join(", ", names)}.",
            _ => $"known are {string.Join(", ", names.Take(ListAtMost))} and {names.Length - ListAtMost} more.",
        };
    }

    /// <summary>The known word that is closest in spelling, or null when none is close.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        return known
            .Select(candidate => (Candidate: candidate, Distance: Distance(Fold(word), Fold(candidate))))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance)
            .Select(c => c.Candidate)
            .FirstOrDefault();
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Edits between two words: insert, delete, replace, or swap of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 64)
        {
            return int.MaxValue;
        }

        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
