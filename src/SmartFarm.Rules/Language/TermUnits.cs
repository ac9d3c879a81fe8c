using System.Globalization;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language;

/// <summary>What becomes of units when terms meet. Whatever has no meaning is refused with a sentence.</summary>
internal static class TermUnits
{
    /// <summary>Brings two terms to one unit: written numbers take that of the other side.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <param name="offset">Where they meet.</param>
    /// <param name="how">The word or sign between them.</param>
    /// <exception cref="ExpressionException">They cannot be compared.</exception>
    public static (Term Left, Term Right) Unify(Term left, Term right, int offset, string how)
    {
        if (left is Literal literal && right is not Literal)
        {
            return (Adopt(literal, right), right);
        }

        if (right is Literal other)
        {
            return (left, Adopt(other, left));
        }

        if (left.Unit?.Dimension != right.Unit?.Dimension)
        {
            throw new ExpressionException(offset, $"{left} is {Dimension(left)} and {right} is {Dimension(right)}: '{how}' needs two of the same kind.");
        }

        return ReferenceEquals(left.Unit, right.Unit) || left.Unit is null || right.Unit is null ? (left, right) : (left, new InUnit(right, left.Unit));
    }

    /// <summary><c>a + b</c> or <c>a - b</c>. Between temperatures, what is added is a difference, and what lies between two is one.</summary>
    public static Term Add(char sign, Term left, Term right, int offset)
    {
        if (right is Literal number && left is not Literal && number.Unit is { } unit && left.Unit is not null && unit.ConvertsTo(left.Unit))
        {
            var difference = new Literal(unit.ConvertDifference(number.Value, left.Unit), left.Unit, isDifference: true, number.Offset);
            return new Arithmetic(sign, left, difference, left.Unit, left.IsDifference);
        }

        if (left is Literal { Unit: not null } first && right is Literal)
        {
            left = first.In(Canonical(first.Unit), first.IsDifference);
        }

        var (a, b) = Unify(left, right, offset, sign.ToString());
        var isDifference = sign == '-' && !a.IsDifference && !b.IsDifference ? right is not Literal : a.IsDifference && b.IsDifference;
        return new Arithmetic(sign, a, b, a.Unit, isDifference);
    }

    /// <summary><c>a * b</c> or <c>a / b</c>: one side a plain number or a share, or a ratio of two of one kind.</summary>
    public static Term Multiply(char sign, Term left, Term right, int offset)
    {
        if (Factor(right) is { } factor)
        {
            return new Arithmetic(sign, left, factor, left.Unit, left.IsDifference);
        }

        if (sign == '*' && Factor(left) is { } first)
        {
            return new Arithmetic(sign, right, first, right.Unit, right.IsDifference);
        }

        if (sign == '/' && left.Unit?.Dimension == right.Unit?.Dimension)
        {
            var (a, b) = Unify(left, right, offset, "/");
            return new Arithmetic(sign, a, b, null, false);
        }

        throw new ExpressionException(offset, $"{left} is {Dimension(left)} and {right} is {Dimension(right)}: with '{sign}' one of them must be a plain number such as 1.5, or a share such as 80 %.");
    }

    /// <summary>Unit of the change of a term per hour.</summary>
    public static Unit RateOf(Term inner, Token word) => inner.Unit is { } unit && Units.RateOf(unit) is { } rate
        ? rate
        : throw new ExpressionException(word.Offset, $"There is no unit for {inner} per hour, so it has no rate.");

    /// <summary>Unit of a term times time, and the factor from value × seconds.</summary>
    public static (Unit Unit, bool IsDifference, double Factor) IntegralOf(Term inner, Token word) => inner.Unit is { } unit && Units.IntegralOf(unit) is { } integral
        ? (integral.Unit, false, integral.PerSecond)
        : throw new ExpressionException(word.Offset, $"There is no unit for {inner} times time, so it has no integral.");

    /// <summary>Brings a written number to the unit of what it meets.</summary>
    private static Literal Adopt(Literal literal, Term other)
    {
        var written = literal.Value.ToString(CultureInfo.InvariantCulture);
        switch (literal.Unit, other.Unit)
        {
            case (null, null):
                return literal;
            case (null, { } wanted):
                return ReferenceEquals(wanted, Units.Ph)
                    ? new Literal(literal.Value, wanted, false, literal.Offset)
                    : throw new ExpressionException(literal.Offset, $"'{written}' has no unit; write '{written} {other.ShownUnit}'.");
            case ({ } given, null):
                throw new ExpressionException(literal.UnitOffset, $"{other} is a plain number, so it cannot be compared with {written} {given}; leave the unit away.");
            case ({ } given, { } wanted) when !given.ConvertsTo(wanted):
                throw new ExpressionException(
                    literal.UnitOffset,
                    $"{other} is measured in {wanted} ({wanted.Dimension}) and {given} is a unit of {given.Dimension}: no factor converts one into the other; write it in {wanted}.");
            default:
                return Plausible(literal.In(other.Unit, other.IsDifference), other);
        }
    }

    private static Literal Plausible(Literal literal, Term other)
    {
        if (other is SignalTerm { Quantity: { } quantity } && !(literal.Value >= quantity.Min && literal.Value <= quantity.Max))
        {
            throw new ExpressionException(
                literal.Offset,
                $"{quantity.Name} is never beyond {quantity.Min}..{quantity.Max} {quantity.Unit}, so it cannot be compared with {Term.Number(literal.Value, quantity.Unit)}; check value and unit.");
        }

        return literal;
    }

    /// <summary>A term that may multiply another: a plain number, or a share written in %.</summary>
    private static Term? Factor(Term term) => term.Unit is null ? term
        : term is Literal { Unit: { } unit } literal && unit.ConvertsTo(Units.One) ? new Literal(unit.Convert(literal.Value, Units.One), null, false, literal.Offset)
        : null;

    private static Unit? Canonical(Unit? unit) => unit is null ? null : unit == Units.Kelvin || unit == Units.Fahrenheit ? Units.Celsius : unit;

    private static string Dimension(Term term) => term.Unit is { } unit ? $"a {unit.Dimension} ({term.ShownUnit})" : "a plain number";
}
