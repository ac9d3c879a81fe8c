using System.Text;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>How far a measured value has gone through a band that begins at a set point.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="SetPoint">Where the band begins, in the unit of <paramref name="Measure"/>.</param>
/// <param name="Width">How wide it is, above 0.</param>
/// <param name="IsAbove">Whether it lies above the set point; else below.</param>
internal sealed record BandPlan(Term Measure, Term SetPoint, Term Width, bool IsAbove)
{
    public IEnumerable<Term> Terms => [Measure, SetPoint, Width];

    /// <summary>Distance from the set point in bands: negative on the other side; NaN when something is not known or the band has no width.</summary>
    public double Evaluate(ref Evaluation at)
    {
        var (measure, setPoint, width) = (Measure.Evaluate(ref at), SetPoint.Evaluate(ref at), Width.Evaluate(ref at));
        return width > 0 ? (IsAbove ? measure - setPoint : setPoint - measure) / width : double.NaN;
    }

    /// <summary>Writes "air_temperature 26 °C in the band of 4 K above ventilation 24 °C".</summary>
    public void Describe(StringBuilder text, ref Evaluation at)
    {
        Measure.Describe(text, ref at);
        text.Append(" with a band of ");
        Width.Describe(text, ref at);
        text.Append(IsAbove ? " above " : " below ");
        SetPoint.Describe(text, ref at);
    }

    public override string ToString() => $"{Measure} {(IsAbove ? "above" : "below")} {SetPoint} over {Width}";
}
