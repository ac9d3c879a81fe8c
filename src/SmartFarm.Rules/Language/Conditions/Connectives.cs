using System.Text;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language.Conditions;

/// <summary><c>a and b</c>, <c>a or b</c>.</summary>
internal sealed class Connective(bool isAnd, Expression left, Expression right) : Expression
{
    public bool IsAnd => isAnd;

    private string Word => isAnd ? "and" : "or";

    public override IEnumerable<Expression> Inside => [left, right];

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = left.Evaluate(ref at);
        var b = right.Evaluate(ref at);
        return isAnd
            ? new Verdict(Kleene.And(a.Held, b.Held), Kleene.And(a.Now, b.Now))
            : new Verdict(Kleene.Or(a.Held, b.Held), Kleene.Or(a.Now, b.Now));
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        text.Append('(');
        left.Describe(text, ref at);
        text.Append(' ').Append(Word).Append(' ');
        right.Describe(text, ref at);
        text.Append(')');
    }

    public override string ToString() => $"({left} {Word} {right})";
}

/// <summary><c>not a</c>.</summary>
internal sealed class Negation(Expression inner) : Expression
{
    public override IEnumerable<Expression> Inside => [inner];

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = inner.Evaluate(ref at);
        return new Verdict(Kleene.Not(a.Held), Kleene.Not(a.Now));
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        text.Append("not (");
        inner.Describe(text, ref at);
        text.Append(')');
    }

    public override string ToString() => $"not ({inner})";
}
