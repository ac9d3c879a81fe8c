using System.Text;
using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Engine;

/// <summary>Says in words why a rule does what it does.</summary>
internal static class RuleText
{
    /// <summary>Why the rule wants what it wants.</summary>
    public static string Reason(ZoneRules rules, ZoneRuleState state, int rule)
    {
        var text = new StringBuilder();
        Condition(text, rules.Rules[rule], state, rule);
        return text.ToString();
    }

    /// <summary>What the rule came to, who overruled it included.</summary>
    public static Trace Trace(ZoneRules rules, ZoneRuleState state, int index)
    {
        var rule = rules.Rules[index];
        ref readonly var memory = ref state.Rules[index];
        var outcome = memory.Outcome;
        var text = new StringBuilder();
        Condition(text, rule, state, index);
        double? first = null;
        for (var slot = 0; slot < rule.Actuators.Length; slot++)
        {
            var target = RuleStep.TargetOf(memory, slot);
            if (rule.Actuators[slot] < 0 || double.IsNaN(target))
            {
                continue;
            }

            var actuator = rules.Actuators[rule.Actuators[slot]];
            first ??= target;
            text.Append(rule.Definition.Logic.IsLimit ? $"; limits {actuator.Id} to {target:0.###}..{Targets.Format(actuator, memory.Highs[slot])}" : $"; asks {actuator.Id} {Targets.Format(actuator, target)}");
            if ((outcome.Lost & (1UL << slot)) != 0)
            {
                text.Append(Overruled(rules, state, rule.Actuators[slot]));
            }
            else if ((outcome.Waits & (1UL << slot)) != 0)
            {
                text.Append(", waits: ").Append(Governor.Say(actuator, state.Waiting[rule.Actuators[slot]].Why));
            }
        }

        if (first is null && rule.Definition.Actuators.Count > 0)
        {
            text.Append("; asks for nothing");
        }

        return new Trace(state.NowMs, rule.Definition.Source, outcome.Truth, first, text.ToString());
    }

    private static string Overruled(ZoneRules rules, ZoneRuleState state, int actuator) => state.Winners[actuator] switch
    {
        >= 0 and var winner => $", overruled by {rules.Rules[winner].Definition.Source}",
        Claim.Person => $", overruled by {state.Stop?.Owner ?? state.Orders[actuator]!.Owner}",
        Claim.Group => ", held back: another of its group is at work",
        _ => ", but takes nothing while blind",
    };

    private static void Condition(StringBuilder text, ZoneRule rule, ZoneRuleState state, int index)
    {
        ref var memory = ref state.Rules[index];
        var at = ZoneEngine.MomentOf(rule, state, memory);
        if (memory.Outcome.IsBlind)
        {
            text.Append("blind for ").Append(Durations.Format(TimeSpan.FromMilliseconds(state.NowMs - memory.BlindSinceMs))).Append(": ");
        }

        rule.Definition.Logic.Describe(text, rule, memory, ref at);
    }
}
