using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>How far a value has gone through a range: 0 up to its first end, 1 from its second, linear between.</summary>
/// <param name="Value">What measures.</param>
/// <param name="From">First end, in the unit of the value.</param>
/// <param name="To">Second end.</param>
internal sealed record Share(Term Value, double From, double To)
{
    /// <summary>The share now; NaN when the value is not known.</summary>
    public double Evaluate(ref Evaluation at) => Math.Clamp((Value.Evaluate(ref at) - From) / (To - From), 0, 1);
}
