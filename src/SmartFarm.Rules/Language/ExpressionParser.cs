using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Language.Conditions;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>
/// Recursive descent over the conditions of the grammar of <c>docs/rules.md</c>:
/// <code>
/// expression = conjunct { "or" conjunct }
/// conjunct   = factor { "and" factor }
/// factor     = "not" factor | held
/// held       = primary [ "for" duration ]
/// primary    = "(" expression ")" | "day" | "night" | "time between" point "and" point | "crop.stage is" name
///            | name "is" ( "on" | "off" ) | term ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) term
/// </code>
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxLength = 2000;
    private const int MaxDepth = 32;
    private static readonly string[] ConditionWords = ["and", "or", "not", "is", "day", "night", "between", "for"];
    private readonly string _text;
    private readonly ParseScope _scope;
    private readonly TokenReader _tokens;
    private readonly TermParser _terms;
    private int _depth;

    public ExpressionParser(string text, ParseScope scope)
    {
        (_text, _scope, _tokens) = (text, scope, new TokenReader(text));
        _terms = new TermParser(_tokens, scope);
    }

    /// <summary>Parses the whole text as a condition.</summary>
    /// <exception cref="ExpressionException">The text is not an expression.</exception>
    public Expression Parse()
    {
        CheckLength();
        var expression = Or();
        return _tokens.Current.Kind == TokenKind.End ? expression : throw _tokens.Unexpected("'and', 'or', 'for' or the end");
    }

    /// <summary>Parses the whole text as a term.</summary>
    /// <exception cref="ExpressionException">The text is not a term.</exception>
    public Term ParseTerm()
    {
        CheckLength();
        var term = _terms.Parse();
        return _tokens.Current.Kind == TokenKind.End ? term : throw _tokens.Unexpected("'+', '-', '*', '/', 'else' or the end");
    }

    /// <summary>Parses the whole text as a point of the day.</summary>
    /// <exception cref="ExpressionException">The text is none.</exception>
    public DayPoint ParsePoint()
    {
        var point = Point();
        return _tokens.Current.Kind == TokenKind.End ? point : throw _tokens.Unexpected("the end");
    }

    private void CheckLength()
    {
        if (_text.Length > MaxLength)
        {
            throw new ExpressionException(0, $"The expression is longer than {MaxLength} characters; split the rule.");
        }
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
        return _tokens.Accept("for") ? new HeldFor(inner, _tokens.Duration("After 'for'"), _scope.NextTimer()) : inner;
    }

    private Expression Primary()
    {
        var word = _tokens.Current;
        if (word.Is("(") && IsCondition())
        {
            _tokens.Take();
            var inner = Or();
            _tokens.Expect(")");
            return inner;
        }

        if (word.Is("day") || word.Is("night"))
        {
            _tokens.Take();
            return _scope.Names.HasPlace ? new Daylight(word.Text == "day") : throw TermParser.NoPlace(word);
        }

        if (word.Is("time"))
        {
            _tokens.Take();
            _tokens.Expect("between");
            var from = Point();
            _tokens.Expect("and");
            return new TimeBetween(from, Point());
        }

        return word.Is("crop.stage") ? Stage() : Comparison();
    }

    /// <summary>Whether the bracket here holds a condition and not a term.</summary>
    private bool IsCondition()
    {
        var (start, depth) = (_tokens.Position, 0);
        try
        {
            while (_tokens.Current.Kind != TokenKind.End)
            {
                var token = _tokens.Take();
                depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
                if (depth == 0)
                {
                    return false;
                }

                if (token.Kind == TokenKind.Comparator || ConditionWords.Contains(token.Text))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            _tokens.Position = start;
        }
    }

    private DayPoint Point()
    {
        var word = _tokens.Current;
        var point = DayPoint.Parse(_tokens);
        return point.Base == DayBase.Clock || _scope.Names.HasPlace ? point : throw TermParser.NoPlace(word);
    }

    private StageIs Stage()
    {
        _tokens.Take();
        _tokens.Expect("is");
        var name = _tokens.Current.Kind == TokenKind.Word ? _tokens.Take() : throw _tokens.Unexpected("the name of a stage");
        return _scope.Names.Stages.Contains(name.Text)
            ? new StageIs(name.Text)
            : throw new ExpressionException(
                name.Offset,
                $"The crop has no stage '{name.Text}'; {(_scope.Names.Stages.Count == 0 ? "give the zone 'planted' and 'stages: { vegetative: 0 d, fruiting: 60 d }' in farm.yaml." : Suggestion.For(name.Text, _scope.Names.Stages))}");
    }

    private Expression Comparison()
    {
        _terms.Against = null;
        var left = _terms.Parse();
        if (left is SignalTerm signal && _tokens.Accept("is"))
        {
            return Switch(signal);
        }

        var sign = _tokens.Current;
        var comparator = sign.Text switch { "≤" => "<=", "≥" => ">=", var other => other };
        if (comparator is not ("<" or "<=" or ">" or ">="))
        {
            throw sign.Kind == TokenKind.Comparator
                ? new ExpressionException(sign.Offset, $"'{sign.Text}' cannot compare measured values, which are hardly ever equal; use <, <=, > or >=.")
                : _tokens.Unexpected("<, <=, > or >=");
        }

        _tokens.Take();
        _terms.Against = left;
        var right = _terms.Parse();
        foreach (var term in new[] { left, right }.OfType<SignalTerm>().Where(IsSwitch))
        {
            throw new ExpressionException(term.Offset, $"{term} is on or off; write '{term} is on'.");
        }

        var (a, b) = TermUnits.Unify(left, right, sign.Offset, comparator);
        return new Comparison(a, comparator, b);
    }

    private Switched Switch(SignalTerm signal)
    {
        var word = _tokens.Take();
        if (!IsSwitch(signal))
        {
            throw new ExpressionException(signal.Offset, $"{signal} is a number; compare it, such as '{signal} > 10 {signal.Unit}'.");
        }

        return word.Text is "on" or "off" ? new Switched(signal, word.Text == "on") : throw new ExpressionException(word.Offset, $"After 'is' must be on or off, not {word}.");
    }

    private static bool IsSwitch(SignalTerm term) => term.Signal is { Scope: Engine.SignalScope.Actuator, Unit: null };
}
