using System.Diagnostics.CodeAnalysis;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Two numbers with one unit: <c>8..14 m/s</c>. The first may be the larger.</summary>
internal sealed record Span(double From, double To, Unit Unit)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Span? span)
    {
        span = null;
        var parts = text.Split("..");
        if (parts.Length != 2 || !Amount.TryParse(parts[0], out var from) || !Amount.TryParse(parts[1], out var to)
            || !Units.TryGet(to.Unit, out var unit) || (from.Unit.Length > 0 && from.Unit != to.Unit))
        {
            return false;
        }

        span = new Span(from.Value, to.Value, unit);
        return true;
    }

    public override string ToString() => FormattableString.Invariant($"{From:R}..{To:R} {Unit}");

    /// <summary>The same in another unit of its dimension.</summary>
    public Span In(Unit unit) => new(Unit.Convert(From, unit), Unit.Convert(To, unit), unit);

    /// <summary>The same as differences.</summary>
    public Span AsDifferences(Unit unit) => new(Unit.ConvertDifference(From, unit), Unit.ConvertDifference(To, unit), unit);
}
