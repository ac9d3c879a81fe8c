using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Effects;

/// <summary>Where the engine meets the effects of a zone.</summary>
internal static class EffectWatch
{
    /// <summary>A controller says that it did what it was told.</summary>
    public static void Acknowledged(ZoneRules rules, ZoneRuleState state, int actuator, double target)
    {
        if (Find(rules, rules.Actuators[actuator].Id, out var index) is { } logic)
        {
            logic.Begin(ref state.Rules[index], target, state.NowMs);
            state.IsDirty[index] = true;
        }
    }

    /// <summary>Something new is wanted of actuators.</summary>
    public static void Decided(ZoneRules rules, ZoneRuleState state, List<Decision> decisions, int first)
    {
        for (var i = first; i < decisions.Count; i++)
        {
            if (Find(rules, decisions[i].Actuator, out var index) is { } logic)
            {
                logic.Cancel(ref state.Rules[index], decisions[i].Target);
            }
        }
    }

    private static EffectLogic? Find(ZoneRules rules, string actuator, out int index)
    {
        for (index = 0; index < rules.Rules.Length; index++)
        {
            if (rules.Rules[index].Definition.Logic is EffectLogic logic && logic.Actuator == actuator)
            {
                return logic;
            }
        }

        return null;
    }
}
