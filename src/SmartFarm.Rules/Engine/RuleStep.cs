using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>One rule at one moment: runs its logic, and hands over what it holds blindly for too long.</summary>
internal static class RuleStep
{
    public static void Run(ZoneRule rule, IReadOnlyList<Actuator> actuators, ref RuleState state, ref Evaluation at)
    {
        var (latch, ask, isBlind, start, end) = rule.Definition.Logic.Run(rule, ref state, ref at);
        if (isBlind && !state.Outcome.IsBlind)
        {
            state.BlindSinceMs = at.NowMs;
        }

        if (isBlind && rule.Definition.HoldMs is { } holdMs && ask is Ask.Set or Ask.Otherwise && IsAwayFromSafe(rule, state, actuators))
        {
            at.Due(state.BlindSinceMs + holdMs);
            if (at.NowMs >= state.BlindSinceMs + holdMs)
            {
                (latch, ask) = (Latch.Idle, Ask.Safe);
                for (var slot = 0; slot < rule.Actuators.Length; slot++)
                {
                    state.Asks[slot] = rule.Actuators[slot] >= 0 ? actuators[rule.Actuators[slot]].Safe : double.NaN;
                }
            }
        }

        state.Outcome = new Outcome(latch, ask, isBlind, start, end, state.Outcome.Lost, state.Outcome.Waits);
    }

    /// <summary>What a rule asks of one of its actuators; NaN: nothing.</summary>
    public static double TargetOf(in RuleState state, int slot) => state.Outcome.Ask == Ask.Nothing ? double.NaN : state.Asks[slot];

    private static bool IsAwayFromSafe(ZoneRule rule, in RuleState state, IReadOnlyList<Actuator> actuators)
    {
        for (var slot = 0; slot < rule.Actuators.Length; slot++)
        {
            if (rule.Actuators[slot] >= 0 && !double.IsNaN(state.Asks[slot]) && state.Asks[slot] != actuators[rule.Actuators[slot]].Safe)
            {
                return true;
            }
        }

        return false;
    }
}
