using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Loading;

/// <summary>Finds an <c>until</c> that contradicts its <c>when</c>, where both are a single comparison of the same quantity.</summary>
internal static class HysteresisCheck
{
    public static void Run(Expression when, Expression? until, YamlScalar? node)
    {
        if (Single(when) is not { } start || Single(until) is not { } end || start.Quantity != end.Quantity || start.Scope != end.Scope)
        {
            return;
        }

        if (start.IsAbove == end.IsAbove)
        {
            node?.ReportAt(end.Offset, $"'until' looks the same way as 'when' ({start}); turn its sign, so that the rule ends where it does not begin.");
        }
        else if (start.IsAbove ? end.Threshold > start.Threshold : end.Threshold < start.Threshold)
        {
            var side = start.IsAbove ? "below" : "above";
            node?.ReportAt(end.Offset, $"'until' is already true where 'when' ({start}) begins; choose a value {side} {start.Threshold} {start.Quantity.Unit}.");
        }
    }

    private static Comparison? Single(Expression? expression) => expression switch
    {
        Comparison comparison => comparison,
        HeldFor held => Single(held.Inner),
        _ => null,
    };
}
