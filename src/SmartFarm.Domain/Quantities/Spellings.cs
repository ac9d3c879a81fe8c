namespace SmartFarm.Domain.Quantities;

/// <summary>The ways in which people type a symbol that their keyboard does not have.</summary>
internal static class Spellings
{
    private static readonly (string Sign, string Typed)[][] Habits =
    [
        [("²", "2"), ("³", "3")],
        [("²", "^2"), ("³", "^3")],
        [("·", "")],
        [("·", "*")],
        [("·", ".")],
        [("µ", "u")],
        [("µ", "μ")],
        [("L", "l")],
        [("/h", "/hr")],
        [("/d", "/day")],
        [("°C", "C")],
    ];

    /// <summary>Every mixture of these habits: <c>J/cm²</c> is also <c>J/cm2</c> and <c>J/cm^2</c>. The symbol itself is not among them.</summary>
    public static string[] Of(string symbol)
    {
        var spellings = new List<string> { symbol };
        foreach (var habit in Habits)
        {
            spellings.AddRange(spellings.Select(s => habit.Aggregate(s, Replaced)).ToList());
        }

        return [.. spellings.Distinct().Except([symbol])];
    }

    /// <summary>Only a whole word is replaced: the hour of <c>K/h</c>, not that of <c>kg/ha</c>.</summary>
    private static string Replaced(string text, (string Sign, string Typed) habit) =>
        habit.Sign[0] == '/' ? text.EndsWith(habit.Sign, StringComparison.Ordinal) ? text[..^habit.Sign.Length] + habit.Typed : text
        : text.Replace(habit.Sign, habit.Typed, StringComparison.Ordinal);
}
