using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary><c>a + b</c>, <c>a - b</c>, <c>a * b</c>, <c>a / b</c>. Division by zero is unknown.</summary>
internal sealed class Arithmetic(char sign, Term left, Term right, Unit? unit, bool isDifference) : Term
{
    public char Sign => sign;

    public override Unit? Unit => unit;

    public override bool IsDifference => isDifference;

    public override IEnumerable<Term> Inside => [left, right];

    public override double Evaluate(ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        var value = sign switch
        {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            _ => a / b,
        };
        return double.IsFinite(value) ? value : double.NaN;
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        text.Append('(');
        left.Describe(text, ref at);
        text.Append(' ').Append(sign).Append(' ');
        right.Describe(text, ref at);
        text.Append(") ").Append(Number(Evaluate(ref at), ShownUnit));
    }

    public override string ToString() => $"({left} {sign} {right})";
}
