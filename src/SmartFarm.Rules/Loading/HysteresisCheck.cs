using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Conditions;

namespace SmartFarm.Rules.Loading;

/// <summary>Finds an <c>until</c> that contradicts its <c>when</c>, where both are a single comparison of the same quantity.</summary>
internal static class HysteresisCheck
{
    public static void Run(Expression when, Expression? until, YamlScalar? node)
    {
        if (Single(when) is not { } start || Single(until) is not { } end || !start.IsSimple(out var signal, out var from) || !end.IsSimple(out var other, out var to) || signal.Signal != other.Signal)
        {
            return;
        }

        if (start.IsAbove == end.IsAbove)
        {
            node?.ReportAt(other.Offset, $"'until' looks the same way as 'when' ({start}); turn its sign, so that the rule ends where it does not begin.");
        }
        else if (start.IsAbove ? to.Value > from.Value : to.Value < from.Value)
        {
            var side = start.IsAbove ? "below" : "above";
            node?.ReportAt(other.Offset, $"'until' is already true where 'when' ({start}) begins; choose a value {side} {Term.Number(from.Value, from.Unit)}.");
        }
    }

    private static Comparison? Single(Expression? expression) => expression switch
    {
        Comparison comparison => comparison,
        HeldFor held => Single(held.Inner),
        _ => null,
    };
}
