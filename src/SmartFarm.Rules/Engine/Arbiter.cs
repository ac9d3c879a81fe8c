namespace SmartFarm.Rules.Engine;

/// <summary>
/// Who gets each actuator. First the interlocks, then rules that are on, then rules that are off and say <c>otherwise</c>, then safe
/// states; among equals the order of the files. A rule that is blind may keep what it has and take nothing.
/// </summary>
internal static class Arbiter
{
    public static void Run(ZoneRules rules, ZoneRuleState state, List<Decision> decisions)
    {
        for (var actuator = 0; actuator < state.Wants.Length; actuator++)
        {
            var winner = state.Winners[actuator] = Winner(rules, state, actuator);
            var held = state.Wants[actuator];
            if (winner >= 0)
            {
                Grant(rules, state, actuator, winner, held, decisions);
            }
            else if (held is { Authority: Authority.Interlock })
            {
                var reason = $"{held.Source} no longer forces it and no rule asks for anything: it stays where it is";
                Want(state, actuator, held with { TimeMs = state.NowMs, Authority = Authority.SafeState, Reason = reason }, decisions);
            }
        }

        MarkLosers(rules, state);
    }

    private static int Winner(ZoneRules rules, ZoneRuleState state, int actuator)
    {
        var (winner, best) = (-1, int.MaxValue);
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var rule = rules.Rules[i];
            ref readonly var outcome = ref state.Rules[i].Outcome;
            var rank = rule.Definition.IsInterlock ? 0 : (int)outcome.Ask;
            var mayOnlyKeep = !rule.Definition.IsInterlock && (outcome.IsBlind || outcome.Ask == Ask.Safe);
            if (rank < best
                && RuleStep.TargetOf(rule, outcome.Ask, rules.Actuators, actuator) is not null
                && !(mayOnlyKeep && state.Wants[actuator]?.Source != rule.Definition.Source))
            {
                (winner, best) = (i, rank);
            }
        }

        return winner;
    }

    private static void Grant(ZoneRules rules, ZoneRuleState state, int actuator, int winner, Decision? held, List<Decision> decisions)
    {
        var rule = rules.Rules[winner];
        var ask = state.Rules[winner].Outcome.Ask;
        var target = RuleStep.TargetOf(rule, ask, rules.Actuators, actuator)!.Value;
        var authority = rule.Definition.IsInterlock ? Authority.Interlock : ask == Ask.Safe ? Authority.SafeState : Authority.Rule;
        if (held is null || held.Target != target || held.Authority != authority || held.Source != rule.Definition.Source)
        {
            var reason = RuleText.Reason(rules, state, winner);
            Want(state, actuator, new Decision(state.NowMs, rules.Actuators[actuator].Id, target, authority, rule.Definition.Source, reason), decisions);
        }
    }

    private static void Want(ZoneRuleState state, int actuator, Decision decision, List<Decision> decisions)
    {
        state.Wants[actuator] = decision;
        decisions.Add(decision);
    }

    private static void MarkLosers(ZoneRules rules, ZoneRuleState state)
    {
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            ref var outcome = ref state.Rules[i].Outcome;
            var lost = 0UL;
            for (var actuator = 0; actuator < state.Wants.Length; actuator++)
            {
                if (state.Winners[actuator] != i && RuleStep.TargetOf(rules.Rules[i], outcome.Ask, rules.Actuators, actuator) is not null)
                {
                    lost |= 1UL << actuator;
                }
            }

            outcome = outcome with { Lost = lost };
        }
    }
}
