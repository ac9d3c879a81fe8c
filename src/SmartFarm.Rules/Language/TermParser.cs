using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>
/// Recursive descent over the terms of the grammar of <c>docs/rules.md</c>:
/// <code>
/// term    = sum { "else" sum }
/// sum     = product { ( "+" | "-" ) product }
/// product = atom { ( "*" | "/" ) atom }
/// atom    = number [ unit ] | "(" term ")" | function | name
/// </code>
/// </summary>
internal sealed class TermParser(TokenReader tokens, ParseScope scope)
{
    private const int MaxDepth = 32;
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];
    private readonly FunctionParser _functions = new(tokens, scope);
    private int _depth;

    /// <summary>What the term is compared with, for better advice; null when with nothing.</summary>
    public Term? Against { get; set; }

    public Term Parse()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException(tokens.Current.Offset, $"The expression is nested more than {MaxDepth} deep; split the rule.");
        }

        var first = Sum();
        while (tokens.Current.Is("else"))
        {
            var offset = tokens.Take().Offset;
            var (a, b) = TermUnits.Unify(first, Sum(), offset, "else");
            first = new Else(a, b);
        }

        _depth--;
        return first;
    }

    private Term Sum()
    {
        var left = Product();
        while (tokens.Current is { Kind: TokenKind.Operator, Text: "+" or "-" })
        {
            var sign = tokens.Take();
            left = TermUnits.Add(sign.Text[0], left, Product(), sign.Offset);
        }

        return left;
    }

    private Term Product()
    {
        var left = Atom();
        while (tokens.Current is { Kind: TokenKind.Operator, Text: "*" or "/" })
        {
            var sign = tokens.Take();
            left = TermUnits.Multiply(sign.Text[0], left, Atom(), sign.Offset);
        }

        return left;
    }

    private Term Atom()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Number();
            case TokenKind.Punctuation when tokens.Accept("("):
                var inner = Parse();
                tokens.Expect(")");
                return inner;
            case TokenKind.Word when tokens.Following.Is("("):
                return _functions.Parse(Parse) ?? Owned();
            case TokenKind.Word:
                return Name(tokens.Take());
            default:
                throw tokens.Unexpected("a quantity such as air_temperature or site.wind_speed");
        }
    }

    /// <summary>A number; the word behind it is its unit.</summary>
    private Literal Number()
    {
        var number = tokens.Take();
        var value = double.Parse(number.Text, CultureInfo.InvariantCulture);
        if (tokens.Current.Kind != TokenKind.Word || tokens.Current.Text is "and" or "or" or "for" or "else" or "over" or "since")
        {
            return new Literal(value, null, false, number.Offset);
        }

        var word = tokens.Take();
        return Units.TryGet(word.Text, out var unit)
            ? new Literal(value, unit, unit == Units.Kelvin, number.Offset, word.Offset)
            : throw new ExpressionException(
                word.Offset,
                $"The unit '{word.Text}' is not known; {(Against?.Unit is { } wanted ? $"write {Against} in {wanted}." : Suggestion.For(word.Text, [.. Units.All.Select(u => u.Symbol)]))}");
    }

    private Term Name(Token word)
    {
        var text = word.Text;
        if (text == "sun.elevation")
        {
            return scope.Names.HasPlace ? new SunElevation() : throw NoPlace(word);
        }

        if (text == "crop.age")
        {
            return new CropAge();
        }

        if (text.StartsWith("site.", StringComparison.Ordinal))
        {
            return Measured(SignalScope.Site, "", text["site.".Length..], word);
        }

        if (text.EndsWith("." + Signal.NoEffect, StringComparison.Ordinal) && scope.Names.TryGetActuator(text[..^(Signal.NoEffect.Length + 1)], out _))
        {
            return scope.Use(new Signal(SignalScope.Actuator, text[..^(Signal.NoEffect.Length + 1)], Signal.NoEffect, null), null, word.Offset);
        }

        if (!Quantities.TryGet(text, out _))
        {
            if (scope.Names.TryGetSetPoint(text, out var unit))
            {
                return scope.Use(new Signal(SignalScope.SetPoint, "", text, unit), null, word.Offset);
            }

            if (scope.Names.TryGetActuator(text, out unit))
            {
                return scope.Use(new Signal(SignalScope.Actuator, text, Signal.Position, unit), null, word.Offset);
            }
        }

        return Measured(SignalScope.Zone, "", text, word);
    }

    /// <summary><c>zone(gh2).air_temperature</c>, <c>device(climate-1).air_temperature</c>.</summary>
    private SignalTerm Owned()
    {
        var word = tokens.Take();
        if (word.Text is not ("zone" or "device"))
        {
            throw new ExpressionException(word.Offset, $"There is no function '{word.Text}'; {Suggestion.For(word.Text, FunctionParser.Known)}");
        }

        tokens.Expect("(");
        var owner = tokens.Current.Kind is TokenKind.Word or TokenKind.Number ? tokens.Take() : throw tokens.Unexpected($"the name of a {word.Text}");
        tokens.Expect(")");
        var name = tokens.Current.Kind == TokenKind.Word && tokens.Current.Text.StartsWith('.') ? tokens.Take() : throw tokens.Unexpected("a quantity such as .air_temperature");
        return Measured(word.Text == "zone" ? SignalScope.OtherZone : SignalScope.Device, owner.Text, name.Text[1..], name);
    }

    private SignalTerm Measured(SignalScope of, string owner, string name, Token word) => Quantities.TryGet(name, out var quantity)
        ? scope.Use(new Signal(of, owner, quantity.Name, quantity.Unit), quantity, word.Offset)
        : throw new ExpressionException(
            word.Offset, $"The quantity '{word.Text}' is not known; {Suggestion.For(name, of == SignalScope.Zone ? [.. QuantityNames, .. scope.Names.Known] : QuantityNames)}");

    public static ExpressionException NoPlace(Token word) =>
        new(word.Offset, $"'{word.Text}' needs to know where the site is; add 'location: {{ latitude: 43.30, longitude: 68.25 }}' to the site in farm.yaml.");
}
