using System.Text;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary><c>a and b</c>, <c>a or b</c>.</summary>
internal sealed class Connective(bool isAnd, Expression left, Expression right) : Expression
{
    private string Word => isAnd ? "and" : "or";

    public override IEnumerable<Comparison> Comparisons => left.Comparisons.Concat(right.Comparisons);

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        return isAnd
            ? new Verdict(Kleene.And(a.Held, b.Held), Kleene.And(a.Now, b.Now))
            : new Verdict(Kleene.Or(a.Held, b.Held), Kleene.Or(a.Now, b.Now));
    }

    public override void Describe(StringBuilder text, in Evaluation at)
    {
        text.Append('(');
        left.Describe(text, at);
        text.Append(' ').Append(Word).Append(' ');
        right.Describe(text, at);
        text.Append(')');
    }

    public override string ToString() => $"({left} {Word} {right})";
}

/// <summary><c>not a</c>.</summary>
internal sealed class Negation(Expression inner) : Expression
{
    public override IEnumerable<Comparison> Comparisons => inner.Comparisons;

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = inner.Evaluate(ref at);
        return new Verdict(Kleene.Not(a.Held), Kleene.Not(a.Now));
    }

    public override void Describe(StringBuilder text, in Evaluation at)
    {
        text.Append("not (");
        inner.Describe(text, at);
        text.Append(')');
    }

    public override string ToString() => $"not ({inner})";
}
