using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Conditions;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>
/// Where a condition is true, as a union of boxes: for each value it looks at, an interval. A condition that is no comparison is a value that is 0 or 1.
/// Durations are left out: it is where the condition is true sooner or later. A condition with too many boxes is everywhere.
/// </summary>
internal sealed class Region
{
    private const int MostBoxes = 64;
    private static readonly Region Everywhere = new([new Dictionary<string, Interval>(StringComparer.Ordinal)]);
    private readonly IReadOnlyList<Dictionary<string, Interval>> _boxes;

    private Region(IEnumerable<Dictionary<string, Interval>> boxes)
    {
        _boxes = [.. boxes.Where(b => !b.Values.Any(i => i.IsEmpty))];
    }

    /// <summary>Whether the condition can never be true.</summary>
    public bool IsEmpty => _boxes.Count == 0;

    /// <summary>The values it looks at.</summary>
    public IReadOnlySet<string> Values => _boxes.SelectMany(b => b.Keys).ToHashSet(StringComparer.Ordinal);

    public static Region Of(Expression condition, bool isNegated = false) => condition switch
    {
        Connective c when c.IsAnd != isNegated => c.Inside.Select(e => Of(e, isNegated)).Aggregate((a, b) => a.And(b)),
        Connective c => c.Inside.Select(e => Of(e, isNegated)).Aggregate((a, b) => a.Or(b)),
        Negation n => Of(n.Inside.First(), !isNegated),
        HeldFor h => Of(h.Inner, isNegated),
        Comparison c => Of(c, isNegated),
        Switched s => Of(s.Terms.First().ToString(), isTrue: s.ToString().EndsWith(" is on", StringComparison.Ordinal) != isNegated),
        Daylight d => Of("day", isTrue: d.ToString() == "day" != isNegated),
        _ => Of(condition.ToString(), isTrue: !isNegated),
    };

    public Region And(Region other)
    {
        if (_boxes.Count * other._boxes.Count > MostBoxes)
        {
            return Everywhere;
        }

        return new Region(_boxes.SelectMany(a => other._boxes.Select(b =>
            a.Keys.Union(b.Keys, StringComparer.Ordinal).ToDictionary(k => k, k => a.GetValueOrDefault(k, Interval.All).And(b.GetValueOrDefault(k, Interval.All)), StringComparer.Ordinal))));
    }

    /// <summary>Whether both can be true at once.</summary>
    public bool Meets(Region other) => !And(other).IsEmpty;

    /// <summary>Whether this is surely true where the other is. A no may be a yes that is hard to see.</summary>
    public bool Contains(Region other) => other._boxes.All(b => _boxes.Any(a => a.All(side => side.Value.Contains(b.GetValueOrDefault(side.Key, Interval.All)))));

    private Region Or(Region other) => _boxes.Count + other._boxes.Count > MostBoxes ? Everywhere : new Region(_boxes.Concat(other._boxes));

    private static Region Of(string value, bool isTrue) => Of(value, isTrue ? Interval.Above(0.5, isOpen: false) : Interval.Below(0.5, isOpen: true));

    private static Region Of(string value, Interval interval) => new([new Dictionary<string, Interval>(StringComparer.Ordinal) { [value] = interval }]);

    private static Region Of(Comparison comparison, bool isNegated)
    {
        var (left, right) = (Linear(comparison.Left), Linear(comparison.Right));
        var isAbove = comparison.IsAbove != isNegated;
        var isOpen = comparison.IsStrict != isNegated;
        if (left.Value.Length == 0)
        {
            (left, right, isAbove) = (right, left, !isAbove);
        }

        var value = right.Value.Length == 0 ? left.Value : $"{left.Value} - {right.Value}";
        var bound = right.Offset - left.Offset;
        return Of(value, isAbove ? Interval.Above(bound, isOpen) : Interval.Below(bound, isOpen));
    }

    /// <summary>A term as a value plus a number: <c>heating + 2 K</c> is heating and 2.</summary>
    private static (string Value, double Offset) Linear(Term term) => term switch
    {
        Literal literal => ("", literal.Value),
        Arithmetic { Sign: '+' or '-' } sum when sum.Inside.ToArray() is [var inner, Literal number] && Linear(inner) is var (value, offset) =>
            (value, offset + (sum.Sign == '+' ? number.Value : -number.Value)),
        _ => (term.ToString(), 0),
    };
}
