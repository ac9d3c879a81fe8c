namespace SmartFarm.Rules.Engine;

/// <summary>Groups of actuators of which one at most may be away from its safe state. The higher level takes over; among equals the first that came stays.</summary>
internal static class Exclusion
{
    public static Claim Apply(ZoneRules rules, ZoneRuleState state, int actuator, Claim claim)
    {
        if (claim.Target == rules.Actuators[actuator].Safe || claim.Authority == Authority.EmergencyStop)
        {
            return claim;
        }

        foreach (var group in rules.Exclusive)
        {
            if (!group.Contains(actuator))
            {
                continue;
            }

            foreach (var other in group)
            {
                if (other != actuator && IsAtWork(rules, state, other))
                {
                    if (claim.Authority < state.Wants[other]!.Authority)
                    {
                        // The other one sees this claim when it is looked at, and goes; then this one comes back.
                        state.DirtyActuators |= (1UL << other) | (1UL << actuator);
                    }

                    return new Claim(rules.Actuators[actuator].Safe, Authority.Interlock, Claim.Group, claim.Target, rules.Actuators[other].Id);
                }

                if (other != actuator && Limits.Apply(rules, state, other, Arbiter.Best(rules, state, other)) is { } rival && rival.Target != rules.Actuators[other].Safe && rival.Authority < claim.Authority)
                {
                    return new Claim(rules.Actuators[actuator].Safe, Authority.Interlock, Claim.Group, claim.Target, rules.Actuators[other].Id);
                }
            }
        }

        return claim;
    }

    /// <summary>When one goes, the others of its group are looked at.</summary>
    public static void Wake(ZoneRules rules, ZoneRuleState state, int actuator)
    {
        foreach (var group in rules.Exclusive)
        {
            if (group.Contains(actuator))
            {
                foreach (var other in group)
                {
                    state.DirtyActuators |= other == actuator ? 0 : 1UL << other;
                }
            }
        }
    }

    private static bool IsAtWork(ZoneRules rules, ZoneRuleState state, int actuator) =>
        state.Wants[actuator] is { } held && held.Target != rules.Actuators[actuator].Safe;
}
