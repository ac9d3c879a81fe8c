using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Light;

/// <summary>Counts the light of the day. A day is the local one; with a photoperiod over midnight it begins with the photoperiod. What is not known counts as darkness.</summary>
internal sealed class LightCount(LampPlan plan)
{
    /// <summary>Amounts within this (mol/m²) are the same: a wake-up is right to a millisecond.</summary>
    public const double Rounding = 1e-6;

    /// <summary>Numbers that it remembers, from the second of a rule's on.</summary>
    public const int Memory = 4;

    private const int Counted = 2;
    private const int Now = 3;
    private const int Sum = 4;
    private const int Day = 5;

    /// <summary>Light of a flux (µmol/m²/s) in some ms, mol/m².</summary>
    public static double Mol(double flux, double ms) => flux * ms / 1e9;

    /// <summary>Light received today, mol/m².</summary>
    public static double Received(in RuleState state) => double.IsNaN(state.Memory[Sum]) ? 0 : state.Memory[Sum];

    /// <summary>Counts up to now; gives the flux now, lamps included, NaN when it is not known.</summary>
    public double Count(ref RuleState state, bool isOn, ref Evaluation at)
    {
        var ms = at.NowMs - (state.Time(Counted) ?? at.NowMs);
        state.SetTime(Counted, at.NowMs);
        state.Memory[Sum] = Received(state) + Mol(Math.Max(0, Known(state.Memory[Now]) + (isOn && !plan.CountsLamps ? plan.LampPpfd : 0)), ms);
        var day = Photoperiod.DayStart(plan.From, plan.To, ref at);
        if (state.Memory[Day] != day)
        {
            (state.Memory[Day], state.Memory[Sum]) = (day, 0);
        }

        state.Memory[Now] = plan.Light.Evaluate(ref at) * plan.Photons;
        return state.Memory[Now] + (isOn && !plan.CountsLamps ? plan.LampPpfd : 0);
    }

    private static double Known(double flux) => double.IsNaN(flux) ? 0 : flux;
}
