namespace SmartFarm.Rules.Engine;

/// <summary>Cuts a claim to the limits of higher levels. Where two limits leave nothing between them, the higher level counts.</summary>
internal static class Limits
{
    public static Claim? Apply(ZoneRules rules, ZoneRuleState state, int actuator, Claim? claim)
    {
        if (claim is not { } wanted)
        {
            return null;
        }

        // Limits stand in the order of their level, highest first; each cuts what was asked, not what one before it has left.
        var (low, high, asked) = (double.NegativeInfinity, double.PositiveInfinity, wanted);
        foreach (var (index, slot) in rules.ByActuator[actuator])
        {
            ref readonly var memory = ref state.Rules[index];
            var definition = rules.Rules[index].Definition;
            if (!definition.Logic.IsLimit || definition.Level >= asked.Authority || double.IsNaN(RuleStep.TargetOf(memory, slot)))
            {
                continue;
            }

            var (ownLow, ownHigh) = (Math.Max(low, memory.Asks[slot]), Math.Min(high, memory.Highs[slot]));
            if (ownLow > ownHigh)
            {
                continue;
            }

            (low, high) = (ownLow, ownHigh);
            var cut = Math.Clamp(wanted.Target, low, high);
            if (cut != wanted.Target)
            {
                wanted = new Claim(cut, definition.Level, index, asked.Target);
            }
        }

        return wanted;
    }
}
