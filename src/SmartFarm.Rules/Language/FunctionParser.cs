using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>Functions of terms: windows, <c>influence</c>, <c>least</c>, <c>most</c>, <c>clamp</c>, <c>abs</c>.</summary>
internal sealed class FunctionParser(TokenReader tokens, ParseScope scope)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    /// <summary>Names of functions.</summary>
    public static readonly string[] Known = ["avg", "min", "max", "sum", "rate", "integral", "influence", "least", "most", "clamp", "abs", "zone", "device"];

    /// <summary>The function that stands here; null when the word is none.</summary>
    /// <param name="term">Reads a term.</param>
    public Term? Parse(Func<Term> term)
    {
        var word = tokens.Current;
        switch (word.Text)
        {
            case "avg" or "min" or "max" or "sum" or "rate" or "integral":
                return Window(Enum.Parse<WindowFunction>(Begin(), ignoreCase: true), word, term);
            case "influence":
                Begin();
                return Influence(term);
            case "least" or "most":
                var isMost = Begin() == "most";
                return End(Pair(term, word, (a, b) => new Extreme(isMost, a, b)));
            case "clamp":
                Begin();
                return End(Clamp(term, word));
            case "abs":
                Begin();
                return End(new Absolute(term()));
            default:
                return null;
        }
    }

    private string Begin()
    {
        var word = tokens.Take();
        tokens.Expect("(");
        return word.Text;
    }

    private Term End(Term term)
    {
        tokens.Expect(")");
        return term;
    }

    private Term Pair(Func<Term> term, Token word, Func<Term, Term, Term> make)
    {
        var first = term();
        tokens.Expect(",");
        var (a, b) = TermUnits.Unify(first, term(), word.Offset, word.Text);
        return make(a, b);
    }

    private Extreme Clamp(Func<Term> term, Token word)
    {
        var atLeast = Pair(term, word, (a, b) => new Extreme(isMost: true, a, b));
        tokens.Expect(",");
        var (x, high) = TermUnits.Unify(atLeast, term(), word.Offset, word.Text);
        return new Extreme(isMost: false, x, high);
    }

    private Window Window(WindowFunction function, Token word, Func<Term> term)
    {
        var inner = term();
        if (inner is Literal)
        {
            throw new ExpressionException(word.Offset, $"{word.Text}(...) of a number is that number; name a quantity such as 'air_temperature'.");
        }

        if (function == WindowFunction.Sum && inner is not SignalTerm)
        {
            throw new ExpressionException(word.Offset, "sum(...) adds up reported amounts, so it needs a single quantity; for values that hold over time use integral(...).");
        }

        var (length, anchor) = Span(word);
        if (anchor != WindowAnchor.None && function == WindowFunction.Rate)
        {
            throw new ExpressionException(word.Offset, "rate(...) needs a length such as 'over 30 min'.");
        }

        var (unit, isDifference, factor) = function switch
        {
            WindowFunction.Rate => (TermUnits.RateOf(inner, word), false, 1.0),
            WindowFunction.Integral => TermUnits.IntegralOf(inner, word),
            _ => (inner.Unit, inner.IsDifference, 1.0),
        };
        tokens.Expect(")");
        return scope.Add(new Window(function, inner, length, anchor, scope.NextWindow, unit, isDifference, factor));
    }

    private (TimeSpan Length, WindowAnchor Anchor) Span(Token word)
    {
        if (tokens.Accept("over"))
        {
            var at = tokens.Current;
            var length = tokens.Duration("After 'over'");
            return length >= Shortest && length <= Longest
                ? (length, WindowAnchor.None)
                : throw new ExpressionException(at.Offset, $"A window is from {Durations.Format(Shortest)} to {Durations.Format(Longest)} long.");
        }

        if (!tokens.Accept("since"))
        {
            throw tokens.Unexpected($"'over 30 min', 'since sunrise' or 'since midnight' to end {word.Text}(...)");
        }

        var since = tokens.Take();
        return since.Text switch
        {
            "midnight" => (TimeSpan.Zero, WindowAnchor.Midnight),
            "sunrise" when scope.Names.HasPlace => (TimeSpan.Zero, WindowAnchor.Sunrise),
            "sunrise" => throw TermParser.NoPlace(since),
            _ => throw new ExpressionException(since.Offset, $"After 'since' must be sunrise or midnight, not {since}."),
        };
    }

    private Influence Influence(Func<Term> term)
    {
        var driver = term();
        tokens.Expect(":");
        var (from, to, given, at) = Range();
        tokens.Expect("->");
        var (low, high, unit, _) = Range();
        tokens.Expect(")");
        var (a, b) = (TermUnits.Unify(driver, new Literal(from, given, false, at), at, "influence").Right, TermUnits.Unify(driver, new Literal(to, given, false, at), at, "influence").Right);
        if (!(((Literal)a).Value < ((Literal)b).Value))
        {
            throw new ExpressionException(at, "The range of an influence begins with its smaller end; turn both ranges round.");
        }

        var isDifference = unit == Units.Kelvin;
        var canonical = isDifference ? Units.Celsius : unit;
        return new Influence(driver, ((Literal)a).Value, ((Literal)b).Value, low, high, canonical, isDifference);
    }

    /// <summary><c>100..300 W/m²</c>.</summary>
    private (double From, double To, Unit? Unit, int At) Range()
    {
        var first = tokens.Current;
        if (first.Kind != TokenKind.Number)
        {
            throw tokens.Unexpected("a range such as '100..300 W/m²'");
        }

        tokens.Take();
        tokens.Expect("..");
        var second = tokens.Current.Kind == TokenKind.Number ? tokens.Take() : throw tokens.Unexpected("the other end of the range");
        Unit? unit = null;
        if (tokens.Current.Kind == TokenKind.Word)
        {
            var word = tokens.Take();
            if (!Units.TryGet(word.Text, out unit))
            {
                throw new ExpressionException(word.Offset, $"The unit '{word.Text}' is not known; {Suggestion.For(word.Text, [.. Units.All.Select(u => u.Symbol)])}");
            }
        }

        return (double.Parse(first.Text, CultureInfo.InvariantCulture), double.Parse(second.Text, CultureInfo.InvariantCulture), unit, first.Offset);
    }
}
