using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Language;

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
    private readonly TokenReader _tokens = new(text);
    private int _depth;

    /// <summary>Parses the whole text.</summary>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public Expression Parse()
    {
        if (text.Length > MaxLength)
        {
            throw new ExpressionException(0, $"The expression is longer than {MaxLength} characters; split the rule.");
        }

        var expression = Or();
        return _tokens.Current.Kind == TokenKind.End ? expression : throw _tokens.Unexpected("'and', 'or', 'for' or the end");
    }

    private Expression Or()
    {
        var left = And();
        while (_tokens.Accept("or"))
        {
            left = new Connective(isAnd: false, left, And());
        }

        return left;
    }

    private Expression And()
    {
        var left = Factor();
        while (_tokens.Accept("and"))
        {
            left = new Connective(isAnd: true, left, Factor());
        }

        return left;
    }

    private Expression Factor()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException(_tokens.Current.Offset, $"The expression is nested more than {MaxDepth} deep; split the rule.");
        }

        var factor = _tokens.Accept("not") ? new Negation(Factor()) : Held();
        _depth--;
        return factor;
    }

    private Expression Held()
    {
        var inner = Primary();
        return _tokens.Accept("for") ? new HeldFor(inner, Duration(), timers.Next()) : inner;
    }

    private Expression Primary()
    {
        if (!_tokens.Accept("("))
        {
            return ComparisonParser.Parse(_tokens);
        }

        var inner = Or();
        return _tokens.Accept(")") ? inner : throw _tokens.Unexpected("')'");
    }

    private TimeSpan Duration()
    {
        var first = _tokens.Current;
        var words = new List<string>();
        while (_tokens.Current.Kind == TokenKind.Number)
        {
            words.Add(_tokens.Take().Text);
            if (_tokens.Current.Kind == TokenKind.Word)
            {
                words.Add(_tokens.Take().Text);
            }
        }

        if (words.Count == 0 && _tokens.Current.Kind == TokenKind.Word)
        {
            words.Add(_tokens.Take().Text);
        }

        return Durations.TryParse(string.Join(' ', words), out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new ExpressionException(first.Offset, "After 'for' must be a duration such as '2 min', '1 h 30 min' or 'PT10M'.");
    }
}

/// <summary>Numbers the timers of one rule.</summary>
internal sealed class TimerCount
{
    public int Value { get; private set; }

    public int Next() => Value++;
}
