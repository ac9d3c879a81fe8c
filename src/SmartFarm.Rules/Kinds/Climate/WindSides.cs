using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Where a vent stands to the wind.</summary>
internal enum Side
{
    /// <summary>It faces no side, or nobody said which.</summary>
    Both,

    /// <summary>It opens away from the wind.</summary>
    Leeward,

    /// <summary>It opens into the wind.</summary>
    Windward,
}

/// <summary>
/// Lee and wind side from the direction of the wind. A side changes when the wind has turned <see cref="Margin"/> beyond the ridge for some minutes: vents are
/// not swapped by gusts. While the direction is not known, sides stay; a vent of which it never was known counts as windward.
/// </summary>
/// <param name="direction">Where the wind comes from, degrees.</param>
/// <param name="faces">Where the vents open to, by slot, degrees; NaN for both sides.</param>
/// <param name="delayMs">How long the wind must have turned.</param>
/// <param name="memory">The first of its remembered numbers, two for each slot.</param>
internal sealed class WindSides(Term direction, double[] faces, long delayMs, int memory)
{
    private const double Margin = 15;

    public Term Direction => direction;

    public int Size => 2 * faces.Length;

    public void Look(ref RuleState state, ref Evaluation at)
    {
        var wind = direction.Evaluate(ref at);
        for (var slot = 0; slot < faces.Length; slot++)
        {
            if (!double.IsNaN(wind) && !double.IsNaN(faces[slot]))
            {
                Turn(ref state, memory + (2 * slot), Math.Abs(Math.IEEERemainder(wind - faces[slot], 360)), ref at);
            }
        }
    }

    public Side Of(in RuleState state, int slot) =>
        double.IsNaN(faces[slot]) ? Side.Both : state.Memory[memory + (2 * slot)] == (int)Side.Leeward ? Side.Leeward : Side.Windward;

    public override string ToString() => $"{direction} {string.Join(' ', faces)} {delayMs}";

    private void Turn(ref RuleState state, int side, double angle, ref Evaluation at)
    {
        var isKnown = !double.IsNaN(state.Memory[side]);
        var isWindward = state.Memory[side] == (int)Side.Windward;
        var turned = !isKnown || (isWindward ? angle > 90 + Margin : angle < 90 - Margin);
        if (!turned)
        {
            state.Memory[side + 1] = double.NaN;
            return;
        }

        if (state.Time(side + 1) is not { } since)
        {
            since = at.NowMs;
            state.SetTime(side + 1, since);
        }

        if (!isKnown || at.NowMs - since >= delayMs)
        {
            state.Memory[side] = (int)(angle <= 90 ? Side.Windward : Side.Leeward);
            state.Memory[side + 1] = double.NaN;
        }
        else
        {
            at.Due(since + delayMs);
        }
    }
}
