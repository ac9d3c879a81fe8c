using System.Globalization;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>A range of numbers, both ends included; written <c>3</c>, <c>1..</c>, <c>..5</c> or <c>0..5</c>.</summary>
/// <param name="Min">Least.</param>
/// <param name="Max">Most.</param>
public readonly record struct Span(double Min, double Max)
{
    /// <summary>Reads it.</summary>
    public static bool TryParse(string text, out Span span)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var (first, last) = dots < 0 ? (text, text) : (text[..dots], text[(dots + 2)..]);
        var isSpan = TryEnd(first, double.NegativeInfinity, out var min) & TryEnd(last, double.PositiveInfinity, out var max) && min <= max;
        span = new Span(min, max);
        return isSpan && (double.IsFinite(min) || double.IsFinite(max));
    }

    /// <summary>Whether a number is in it; NaN never is.</summary>
    public bool Has(double value) => value >= Min && value <= Max;

    /// <inheritdoc/>
    public override string ToString() =>
        Min == Max ? Text(Min) : $"{(double.IsFinite(Min) ? Text(Min) : "")}..{(double.IsFinite(Max) ? Text(Max) : "")}";

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static bool TryEnd(string text, double open, out double value)
    {
        value = open;
        return string.IsNullOrWhiteSpace(text) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
