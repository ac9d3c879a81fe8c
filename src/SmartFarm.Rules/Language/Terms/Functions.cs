using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary><c>a else b</c>: b while a is not known. The fallback sensor, or an estimate.</summary>
internal sealed class Else(Term first, Term second) : Term
{
    public override Unit? Unit => first.Unit;

    public override bool IsDifference => first.IsDifference;

    public override IEnumerable<Term> Inside => [first, second];

    public override double Evaluate(ref Evaluation at)
    {
        var a = first.Evaluate(ref at);
        var b = second.Evaluate(ref at);
        return double.IsNaN(a) ? b : a;
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        first.Describe(text, ref at);
        if (double.IsNaN(first.Evaluate(ref at)))
        {
            text.Append(" else ");
            second.Describe(text, ref at);
        }
    }

    public override string ToString() => $"({first} else {second})";
}

/// <summary><c>least(a, b)</c> and <c>most(a, b)</c>: unknown when one of them is.</summary>
internal sealed class Extreme(bool isMost, Term left, Term right) : Term
{
    public override Unit? Unit => left.Unit;

    public override bool IsDifference => left.IsDifference;

    public override IEnumerable<Term> Inside => [left, right];

    public override double Evaluate(ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        return isMost ? Math.Max(a, b) : Math.Min(a, b);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => DescribeAsValue(text, ref at);

    public override string ToString() => $"{(isMost ? "most" : "least")}({left}, {right})";
}

/// <summary><c>abs(a)</c>.</summary>
internal sealed class Absolute(Term inner) : Term
{
    public override Unit? Unit => inner.Unit;

    public override bool IsDifference => inner.IsDifference;

    public override IEnumerable<Term> Inside => [inner];

    public override double Evaluate(ref Evaluation at) => Math.Abs(inner.Evaluate(ref at));

    public override void Describe(StringBuilder text, ref Evaluation at) => DescribeAsValue(text, ref at);

    public override string ToString() => $"abs({inner})";
}

/// <summary>
/// <c>influence(site.solar_radiation: 100..300 W/m² -> 0..2 K)</c>: linear between two points and level beyond them. What is not known has no
/// influence: it gives the first of the two effects.
/// </summary>
internal sealed class Influence(Term driver, double from, double to, double low, double high, Unit? unit, bool isDifference) : Term
{
    public override Unit? Unit => unit;

    public override bool IsDifference => isDifference;

    public override IEnumerable<Term> Inside => [driver];

    public override double Evaluate(ref Evaluation at)
    {
        var x = driver.Evaluate(ref at);
        return double.IsNaN(x) ? low : low + ((high - low) * Math.Clamp((x - from) / (to - from), 0, 1));
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        text.Append("influence of ");
        driver.Describe(text, ref at);
        text.Append(' ').Append(Number(Evaluate(ref at), ShownUnit));
    }

    public override string ToString() => FormattableString.Invariant($"influence({driver}: {from:R}..{to:R} {driver.Unit} -> {low:R}..{high:R} {ShownUnit})");
}
