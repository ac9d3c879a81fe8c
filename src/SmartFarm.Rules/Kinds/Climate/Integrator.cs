using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>
/// The integral part of a PI control, as a share of the output from 0 to 1. Between two looks the error holds, so the sum does not depend on how
/// often it is looked at. It does not wind up: it stops where the output is at its end, while somebody else has the actuator, and while the error is not known.
/// Åström and Hägglund, Advanced PID Control (2006), section 3.5, conditional integration.
/// </summary>
/// <param name="timeMs">Integral time: an error of one band fills the output in this time.</param>
/// <param name="memory">The first of its <see cref="Size"/> remembered numbers.</param>
internal sealed class Integrator(long timeMs, int memory)
{
    public const int Size = 3;
    private const long LookMs = 60_000;

    private int Sum => memory;

    private int Since => memory + 1;

    private int Error => memory + 2;

    /// <summary>
    /// The sum so far. It grows only where the error changes and at full minutes: looks in between, after a restart for example, must not change what follows.
    /// </summary>
    /// <param name="state">State of the rule.</param>
    /// <param name="error">Error now, in bands; NaN when it is not known.</param>
    /// <param name="mayGrow">Whether the rule has the actuator.</param>
    /// <param name="at">The moment.</param>
    public double Step(ref RuleState state, double error, bool mayGrow, ref Evaluation at)
    {
        at.DueAtWall(((at.WallMs / LookMs) + 1) * LookMs);
        var (sum, held) = (double.IsNaN(state.Memory[Sum]) ? 0 : state.Memory[Sum], state.Memory[Error]);
        var elapsedMs = at.NowMs - (state.Time(Since) ?? at.NowMs);
        if (held.Equals(error) && at.WallMs / LookMs == (at.WallMs - elapsedMs) / LookMs)
        {
            return sum;
        }

        if (mayGrow && !double.IsNaN(held))
        {
            var grown = sum + (held * elapsedMs / timeMs);
            sum = Math.Clamp(held > 0 ? Math.Min(grown, Math.Max(sum, 1 - held)) : Math.Max(grown, Math.Min(sum, -held)), 0, 1);
        }

        state.Memory[Sum] = sum;
        state.Memory[Error] = error;
        state.SetTime(Since, at.NowMs);
        return sum;
    }

    /// <summary>Begins anew.</summary>
    public void Reset(ref RuleState state)
    {
        for (var i = memory; i < memory + Size; i++)
        {
            state.Memory[i] = double.NaN;
        }
    }

    public override string ToString() => $"integral {timeMs}";
}
