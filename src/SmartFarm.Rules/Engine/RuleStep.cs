using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>One rule at one moment: from its conditions to what it asks for.</summary>
internal static class RuleStep
{
    public static void Run(ZoneRule rule, IReadOnlyList<Actuator> actuators, ref RuleState state, ref Evaluation at)
    {
        var start = rule.Definition.When.Evaluate(ref at);
        var end = rule.Definition.Until?.Evaluate(ref at) ?? new Verdict(Kleene.Not(start.Held), Kleene.Not(start.Now));
        var (latch, ask) = (state.Outcome.Latch, state.Outcome.Ask);
        if (latch != Latch.On && start.Held == Truth.True)
        {
            (latch, ask) = (Latch.On, Ask.Set);
        }
        else if (latch != Latch.Off && end.Held == Truth.True && start.Held != Truth.True)
        {
            (latch, ask) = (Latch.Off, rule.Definition.IsInterlock ? Ask.Nothing : Ask.Otherwise);
        }

        var isBlind = latch switch
        {
            Latch.On => end.Now == Truth.Unknown,
            Latch.Off => start.Now == Truth.Unknown,
            _ => start.Now == Truth.Unknown || end.Now == Truth.Unknown,
        };
        if (isBlind && !state.Outcome.IsBlind)
        {
            state.BlindSinceMs = at.NowMs;
        }

        if (isBlind && rule.Definition.HoldMs is { } holdMs && ask is Ask.Set or Ask.Otherwise && IsAwayFromSafe(rule, actuators, ask))
        {
            at.Due(state.BlindSinceMs + holdMs);
            if (at.NowMs >= state.BlindSinceMs + holdMs)
            {
                (latch, ask) = (Latch.Idle, Ask.Safe);
            }
        }

        state.Outcome = new Outcome(latch, ask, isBlind, start.Now, end.Now, Lost: 0);
    }

    /// <summary>What a rule asks of an actuator; null: nothing.</summary>
    public static double? TargetOf(ZoneRule rule, Ask ask, IReadOnlyList<Actuator> actuators, int actuator) => ask switch
    {
        Ask.Set => rule.Set[actuator],
        Ask.Otherwise => rule.Otherwise[actuator],
        Ask.Safe => rule.Set[actuator] is null ? null : actuators[actuator].Safe,
        _ => null,
    };

    private static bool IsAwayFromSafe(ZoneRule rule, IReadOnlyList<Actuator> actuators, Ask ask)
    {
        for (var i = 0; i < actuators.Count; i++)
        {
            if (TargetOf(rule, ask, actuators, i) is { } target && target != actuators[i].Safe)
            {
                return true;
            }
        }

        return false;
    }
}
