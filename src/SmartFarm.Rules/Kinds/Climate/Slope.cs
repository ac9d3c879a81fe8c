using System.Diagnostics.CodeAnalysis;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>A straight line between two points, level beyond them: <c>8..14 m/s -> 100..0 %</c>.</summary>
internal sealed record Slope(Span Over, Span Gives)
{
    /// <summary>The value at a point; NaN when the point is not known.</summary>
    public double At(double x) => Gives.From + ((Gives.To - Gives.From) * Math.Clamp((x - Over.From) / (Over.To - Over.From), 0, 1));

    public static bool TryParse(string text, Unit? over, Unit gives, [NotNullWhen(true)] out Slope? slope)
    {
        slope = null;
        var parts = text.Split("->");
        if (parts.Length != 2 || over is null || !Span.TryParse(parts[0], out var x) || !Span.TryParse(parts[1], out var y)
            || !x.Unit.ConvertsTo(over) || !y.Unit.ConvertsTo(gives) || x.From >= x.To)
        {
            return false;
        }

        slope = new Slope(x.In(over), y.In(gives));
        return true;
    }
}
