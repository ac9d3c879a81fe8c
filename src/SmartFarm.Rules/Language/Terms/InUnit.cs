using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary>A term in another unit of its dimension.</summary>
internal sealed class InUnit(Term inner, Unit unit) : Term
{
    public override Unit? Unit => unit;

    public override bool IsDifference => inner.IsDifference;

    public override IEnumerable<Term> Inside => [inner];

    public override double Evaluate(ref Evaluation at)
    {
        var value = inner.Evaluate(ref at);
        return IsDifference ? inner.Unit!.ConvertDifference(value, unit) : inner.Unit!.Convert(value, unit);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => inner.Describe(text, ref at);

    public override string ToString() => inner.ToString();
}
