using System.Globalization;
using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary>A number that is written: <c>28 °C</c>, <c>0.5</c>.</summary>
/// <param name="value">The number in <paramref name="unit"/>.</param>
/// <param name="unit">Its unit; null for a plain number.</param>
/// <param name="isDifference">Whether it is a difference.</param>
/// <param name="offset">Where it stands in the text.</param>
/// <param name="unitOffset">Where its unit stands.</param>
internal sealed class Literal(double value, Unit? unit, bool isDifference, int offset, int unitOffset = 0) : Term
{
    public double Value => value;

    public int Offset => offset;

    public int UnitOffset => unitOffset;

    public override Unit? Unit => unit;

    public override bool IsDifference => isDifference;

    public override double Evaluate(ref Evaluation at) => value;

    public override void Describe(StringBuilder text, ref Evaluation at) => text.Append(Number(value, ShownUnit));

    public override string ToString() => $"{value.ToString("R", CultureInfo.InvariantCulture)} {ShownUnit}".TrimEnd();

    /// <summary>The same amount in another unit of its dimension.</summary>
    public Literal In(Unit? other, bool asDifference) => unit is null || other is null
        ? this
        : new Literal(Math.Round(asDifference ? unit.ConvertDifference(value, other) : unit.Convert(value, other), 9), other, asDifference, offset, unitOffset);
}
