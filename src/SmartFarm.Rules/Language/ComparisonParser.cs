using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>Reads a comparison and brings its threshold into the canonical unit of the quantity.</summary>
internal static class ComparisonParser
{
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    public static Comparison Parse(TokenReader tokens)
    {
        var name = tokens.Current;
        if (name.Kind != TokenKind.Word)
        {
            throw tokens.Unexpected("a quantity such as air_temperature or site.wind_speed");
        }

        tokens.Take();
        var isSite = name.Text.StartsWith("site.", StringComparison.Ordinal);
        var word = isSite ? name.Text["site.".Length..] : name.Text;
        if (!Quantities.TryGet(word, out var quantity))
        {
            throw new ExpressionException(name.Offset, $"The quantity '{name.Text}' is not known; {Suggestion.For(word, QuantityNames)}");
        }

        var comparator = Comparator(tokens);
        return new Comparison(isSite ? RuleScope.Site : RuleScope.Zone, quantity, comparator, Threshold(tokens, quantity), name.Offset);
    }

    private static string Comparator(TokenReader tokens)
    {
        var sign = tokens.Current;
        var comparator = sign.Text switch { "≤" => "<=", "≥" => ">=", var other => other };
        if (comparator is not ("<" or "<=" or ">" or ">="))
        {
            throw sign.Kind == TokenKind.Comparator
                ? new ExpressionException(sign.Offset, $"'{sign.Text}' cannot compare measured values, which are hardly ever equal; use <, <=, > or >=.")
                : tokens.Unexpected("<, <=, > or >=");
        }

        tokens.Take();
        return comparator;
    }

    private static double Threshold(TokenReader tokens, Quantity quantity)
    {
        var number = tokens.Current;
        if (number.Kind != TokenKind.Number)
        {
            throw tokens.Unexpected($"a number with a unit such as '10 {quantity.Unit}'");
        }

        tokens.Take();
        var value = double.Parse(number.Text, CultureInfo.InvariantCulture);
        var canonical = Math.Round(UnitOf(tokens, quantity, number).Convert(value, quantity.Unit), 9);
        if (!(canonical >= quantity.Min && canonical <= quantity.Max))
        {
            throw new ExpressionException(
                number.Offset,
                $"{quantity.Name} is never beyond {quantity.Min}..{quantity.Max} {quantity.Unit}, so it cannot be compared with {canonical:0.###} {quantity.Unit}; check value and unit.");
        }

        return canonical;
    }

    private static Unit UnitOf(TokenReader tokens, Quantity quantity, Token number)
    {
        var word = tokens.Current;
        if (word.Kind != TokenKind.Word || word.Text is "and" or "or" or "for")
        {
            return ReferenceEquals(quantity.Unit, Units.Ph)
                ? Units.Ph
                : throw new ExpressionException(number.Offset, $"'{number.Text}' has no unit; write '{number.Text} {quantity.Unit}'.");
        }

        tokens.Take();
        if (!Units.TryGet(word.Text, out var unit))
        {
            throw new ExpressionException(word.Offset, $"The unit '{word.Text}' is not known; write {quantity.Name} in {quantity.Unit}.");
        }

        return unit.ConvertsTo(quantity.Unit)
            ? unit
            : throw new ExpressionException(
                word.Offset,
                $"{quantity.Name} is measured in {quantity.Unit} ({quantity.Unit.Dimension}) and {unit} is a unit of {unit.Dimension}: no factor converts one into the other; write it in {quantity.Unit}.");
    }
}
