using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language.Terms;

/// <summary><c>sun.elevation</c>: height of the sun above the horizon in degrees, looked at each minute.</summary>
internal sealed class SunElevation : Term
{
    public override Unit Unit => Units.Degree;

    public override double Evaluate(ref Evaluation at)
    {
        var minute = at.WallMs - (at.WallMs % 60_000);
        at.DueAtWall(minute + 60_000);
        return at.Calendar.SunElevation(minute);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => DescribeAsValue(text, ref at);

    public override string ToString() => "sun.elevation";
}

/// <summary><c>crop.age</c>: days since planting, whole local days.</summary>
internal sealed class CropAge : Term
{
    public override Unit Unit => Units.Day;

    public override double Evaluate(ref Evaluation at)
    {
        at.DueAtWall(at.Calendar.NextMidnight(at.WallMs));
        return at.Calendar.CropAge(at.WallMs);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => DescribeAsValue(text, ref at);

    public override string ToString() => "crop.age";
}
