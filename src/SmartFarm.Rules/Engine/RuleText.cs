using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>Says in words why a rule does what it does.</summary>
internal static class RuleText
{
    /// <summary>Why the rule wants what it wants.</summary>
    public static string Reason(ZoneRules rules, ZoneRuleState state, int rule)
    {
        var text = new StringBuilder();
        Condition(text, rules.Rules[rule].Definition, state, rule);
        return text.ToString();
    }

    /// <summary>What the rule came to, who overruled it included.</summary>
    public static Trace Trace(ZoneRules rules, ZoneRuleState state, int rule)
    {
        var (definition, outcome) = (rules.Rules[rule].Definition, state.Rules[rule].Outcome);
        var text = new StringBuilder();
        Condition(text, definition, state, rule);
        double? first = null;
        for (var i = 0; i < rules.Actuators.Count; i++)
        {
            if (RuleStep.TargetOf(rules.Rules[rule], outcome.Ask, rules.Actuators, i) is not { } target)
            {
                continue;
            }

            first ??= target;
            text.Append("; asks ").Append(rules.Actuators[i].Id).Append(' ').Append(Targets.Format(rules.Actuators[i], target));
            if ((outcome.Lost & (1UL << i)) != 0)
            {
                text.Append(state.Winners[i] >= 0 ? $", overruled by {rules.Rules[state.Winners[i]].Definition.Source}" : ", but takes nothing while blind");
            }
        }

        text.Append(first is null ? "; asks for nothing" : "");
        return new Trace(state.NowMs, definition.Source, outcome.Truth, first, text.ToString());
    }

    private static void Condition(StringBuilder text, RuleDefinition definition, ZoneRuleState state, int rule)
    {
        ref var memory = ref state.Rules[rule];
        var outcome = memory.Outcome;
        var at = new Evaluation(state.Inputs, memory.Timers, state.NowMs);
        if (outcome.IsBlind)
        {
            text.Append("blind for ").Append(Durations.Format(TimeSpan.FromMilliseconds(state.NowMs - memory.BlindSinceMs))).Append(": ");
        }

        switch (outcome)
        {
            case { Latch: Latch.On, Start: not Truth.True } when definition.Until is not null:
                text.Append("on until ");
                definition.Until.Describe(text, at);
                break;
            case { Latch: Latch.Off, End: Truth.True } when definition.Until is not null && !outcome.IsBlind:
                definition.Until.Describe(text, at);
                break;
            case { Latch: Latch.Idle }:
                text.Append("not yet known to be on or off: ");
                definition.When.Describe(text, at);
                break;
            default:
                definition.When.Describe(text, at);
                break;
        }
    }
}
