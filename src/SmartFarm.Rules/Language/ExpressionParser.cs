using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>An expression that cannot be understood: one sentence with the remedy, and where.</summary>
internal sealed class ExpressionException(int offset, string message) : Exception(message)
{
    /// <summary>Characters from the start of the expression.</summary>
    public int Offset => offset;
}

/// <summary>
/// Recursive descent over the grammar of <c>docs/rules.md</c>:
/// <code>
/// expression = term { "or" term }
/// term       = factor { "and" factor }
/// factor     = "not" factor | held
/// held       = primary [ "for" duration ]
/// primary    = "(" expression ")" | comparison
/// comparison = quantity ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) number unit
/// quantity   = [ "site." ] name
/// </code>
/// </summary>
internal sealed class ExpressionParser(string text, TimerCount timers)
{
    private const int MaxLength = 2000;
    private const int MaxDepth = 32;
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];
    private readonly List<Token> _tokens = Tokenizer.Read(text);
    private int _next;
    private int _depth;

    private Token Current => _tokens[_next];

    /// <summary>Parses the whole text.</summary>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public Expression Parse()
    {
        if (text.Length > MaxLength)
        {
            throw new ExpressionException(0, $"The expression is longer than {MaxLength} characters; split the rule.");
        }

        var expression = Or();
        return Current.Kind == TokenKind.End ? expression : throw Unexpected("'and', 'or', 'for' or the end");
    }

    private Expression Or()
    {
        var left = And();
        while (Accept("or"))
        {
            left = new Connective(isAnd: false, left, And());
        }

        return left;
    }

    private Expression And()
    {
        var left = Factor();
        while (Accept("and"))
        {
            left = new Connective(isAnd: true, left, Factor());
        }

        return left;
    }

    private Expression Factor()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException(Current.Offset, $"The expression is nested more than {MaxDepth} deep; split the rule.");
        }

        var factor = Accept("not") ? new Negation(Factor()) : Held();
        _depth--;
        return factor;
    }

    private Expression Held()
    {
        var inner = Primary();
        return Accept("for") ? new HeldFor(inner, Duration(), timers.Next()) : inner;
    }

    private Expression Primary()
    {
        if (!Accept("("))
        {
            return Comparison();
        }

        var inner = Or();
        return Accept(")") ? inner : throw Unexpected("')'");
    }

    private Comparison Comparison()
    {
        var name = Current;
        if (name.Kind != TokenKind.Word)
        {
            throw Unexpected("a quantity such as air_temperature or site.wind_speed");
        }

        _next++;
        var isSite = name.Text.StartsWith("site.", StringComparison.Ordinal);
        var word = isSite ? name.Text["site.".Length..] : name.Text;
        if (!Quantities.TryGet(word, out var quantity))
        {
            throw new ExpressionException(name.Offset, $"The quantity '{name.Text}' is not known; {Suggestion.For(word, QuantityNames)}");
        }

        var comparator = Comparator();
        return new Comparison(isSite ? RuleScope.Site : RuleScope.Zone, quantity, comparator, Threshold(quantity), name.Offset);
    }

    private string Comparator()
    {
        var sign = Current;
        var comparator = sign.Text switch { "≤" => "<=", "≥" => ">=", var other => other };
        if (comparator is not ("<" or "<=" or ">" or ">="))
        {
            throw sign.Kind == TokenKind.Comparator
                ? new ExpressionException(sign.Offset, $"'{sign.Text}' cannot compare measured values, which are hardly ever equal; use <, <=, > or >=.")
                : Unexpected("<, <=, > or >=");
        }

        _next++;
        return comparator;
    }

    private double Threshold(Quantity quantity)
    {
        var number = Current;
        if (number.Kind != TokenKind.Number)
        {
            throw Unexpected($"a number with a unit such as '10 {quantity.Unit}'");
        }

        _next++;
        var value = double.Parse(number.Text, CultureInfo.InvariantCulture);
        var canonical = Math.Round(UnitOf(quantity, number).Convert(value, quantity.Unit), 9);
        if (!(canonical >= quantity.Min && canonical <= quantity.Max))
        {
            throw new ExpressionException(
                number.Offset,
                $"{quantity.Name} is never beyond {quantity.Min}..{quantity.Max} {quantity.Unit}, so it cannot be compared with {canonical:0.###} {quantity.Unit}; check value and unit.");
        }

        return canonical;
    }

    private Unit UnitOf(Quantity quantity, Token number)
    {
        var word = Current;
        if (word.Kind != TokenKind.Word || word.Text is "and" or "or" or "for")
        {
            return ReferenceEquals(quantity.Unit, Units.Ph)
                ? Units.Ph
                : throw new ExpressionException(number.Offset, $"'{number.Text}' has no unit; write '{number.Text} {quantity.Unit}'.");
        }

        _next++;
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

    private TimeSpan Duration()
    {
        var first = Current;
        var words = new List<string>();
        while (Current.Kind == TokenKind.Number)
        {
            words.Add(_tokens[_next++].Text);
            if (Current.Kind == TokenKind.Word)
            {
                words.Add(_tokens[_next++].Text);
            }
        }

        if (words.Count == 0 && Current.Kind == TokenKind.Word)
        {
            words.Add(_tokens[_next++].Text);
        }

        return Durations.TryParse(string.Join(' ', words), out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new ExpressionException(first.Offset, "After 'for' must be a duration such as '2 min', '1 h 30 min' or 'PT10M'.");
    }

    private bool Accept(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _next++;
        return true;
    }

    private ExpressionException Unexpected(string wanted) => new(Current.Offset, $"Here must be {wanted}, not {Current}.");
}

/// <summary>Numbers the timers of one rule.</summary>
internal sealed class TimerCount
{
    public int Value { get; private set; }

    public int Next() => Value++;
}
