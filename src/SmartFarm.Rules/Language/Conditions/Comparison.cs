using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language.Conditions;

/// <summary>Two terms of one dimension against each other: <c>air_temperature &gt; 28 °C</c>, <c>vpd &lt; site.vpd</c>. Unknown when one of them is.</summary>
internal sealed class Comparison(Term left, string comparator, Term right) : Expression
{
    public Term Left => left;

    public Term Right => right;

    /// <summary>Whether it is true above the right side.</summary>
    public bool IsAbove => comparator[0] == '>';

    /// <summary>Whether it is false where both sides are equal.</summary>
    public bool IsStrict => comparator.Length == 1;

    public override IEnumerable<Term> Terms => [left, right];

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return default;
        }

        var truth = Holds(a, b) ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        left.Describe(text, ref at);
        text.Append(double.IsNaN(a) || double.IsNaN(b) ? ", " : Holds(a, b) ? " " : ", not ").Append(comparator).Append(' ');
        right.Describe(text, ref at);
    }

    /// <summary>The signal on the left and the number on the right, when that is all there is.</summary>
    public bool IsSimple(out SignalTerm signal, out Literal literal)
    {
        signal = (left as SignalTerm)!;
        literal = (right as Literal)!;
        return signal is not null && literal is not null;
    }

    public override string ToString() => $"{left} {comparator} {right}";

    private bool Holds(double a, double b) => comparator switch
    {
        ">" => a > b,
        ">=" => a >= b,
        "<" => a < b,
        _ => a <= b,
    };
}
