using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Terms;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Effects;

/// <summary>
/// Reads what is expected of an actuator:
/// <code>
/// effect = ( "position within" amount | term ( "rises" | "falls" ) "by" amount | expression ) "within" duration [ "while" expression ]
/// </code>
/// </summary>
internal sealed class EffectParser(FarmZone zone, Actuator actuator, ParseScope scope)
{
    private const string PositionWithin = "position within ";

    /// <exception cref="ExpressionException">It cannot be understood; the offset is from the start of the text.</exception>
    public Effect Parse(ExpectedEffect expectation)
    {
        var text = expectation.Text;
        var (head, condition) = Cut(text, text.IndexOf(" while ", StringComparison.Ordinal), " while ".Length);
        var (body, time) = Cut(head.Text, head.Text.LastIndexOf(" within ", StringComparison.Ordinal), " within ".Length);
        if (time is not { } limit)
        {
            throw new ExpressionException(0, $"'{text}' has no time; write for example 'water_flow > 2 L/min within 10 s'.");
        }

        if (!Durations.TryParse(limit.Text, out var within) || within <= TimeSpan.Zero)
        {
            throw new ExpressionException(limit.Start, $"'{limit.Text}' is not a duration; write for example 'within 10 s'.");
        }

        var unless = condition is { } part ? At(part, p => p.Parse()) : null;
        if (body.Text.StartsWith(PositionWithin, StringComparison.Ordinal))
        {
            return Position(body.Text[PositionWithin.Length..], PositionWithin.Length, expectation.Of ?? ExpectedOf.Any, within, unless);
        }

        foreach (var (word, isRise) in new[] { (" rises by ", true), (" falls by ", false) })
        {
            if (body.Text.IndexOf(word, StringComparison.Ordinal) is > 0 and var index)
            {
                var term = At((body.Text[..index], 0), p => p.ParseTerm());
                var by = Amount(body.Text[(index + word.Length)..], index + word.Length, term.Unit, term.ToString());
                return new ChangeEffect(term, isRise, by, expectation.Of ?? ExpectedOf.On, within, unless);
            }
        }

        return new ConditionEffect(At((body.Text, 0), p => p.Parse()), expectation.Of ?? ExpectedOf.On, within, unless);
    }

    private PositionEffect Position(string tolerance, int start, ExpectedOf of, TimeSpan within, Expression? unless)
    {
        if (actuator.Kind == ActuatorKind.Switch)
        {
            throw new ExpressionException(0, $"{actuator.Id} is a switch and has no position between; expect what it brings about, such as 'power > 100 W within 10 s'.");
        }

        var position = scope.Use(new Signal(SignalScope.Actuator, actuator.Id, Signal.Position, actuator.Unit), null, 0);
        return new PositionEffect(position, Amount(tolerance, start, actuator.Unit, "its position"), of, within, unless);
    }

    /// <summary>A difference above zero in the unit of what it is one of.</summary>
    private static double Amount(string text, int start, Unit? unit, string of)
    {
        if (unit is null || !Configuration.Values.Amount.TryParse(text, out var amount) || amount.Value <= 0 || !Units.TryGet(amount.Unit, out var given) || !given.ConvertsTo(unit))
        {
            throw new ExpressionException(start, $"'{text}' is no amount of {of}; write a number above zero{(unit is null ? "" : $" with a unit such as {unit}")}.");
        }

        return given.ConvertDifference(amount.Value, unit);
    }

    private T At<T>((string Text, int Start) part, Func<ExpressionParser, T> parse)
    {
        scope.Mentioned = Check;
        try
        {
            return parse(new ExpressionParser(part.Text, scope));
        }
        catch (ExpressionException e)
        {
            throw new ExpressionException(part.Start + e.Offset, e.Message);
        }
    }

    /// <summary>What nothing measures would make every effect unknown.</summary>
    private void Check(SignalTerm term)
    {
        if (zone.Lacks(term.Signal, term.Quantity) is { } lack)
        {
            throw new ExpressionException(term.Offset, lack);
        }
    }

    private static ((string Text, int Start) First, (string Text, int Start)? Second) Cut(string text, int index, int length) =>
        index < 0 ? ((text, 0), null) : ((text[..index], 0), (text[(index + length)..], index + length));
}
