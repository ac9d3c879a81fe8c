using System.Text;
using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Engine;

/// <summary>
/// Who gets each actuator: the ladder of <see cref="Authority"/>, then rules that are on before rules that are off and say <c>otherwise</c>, then the
/// order of the files. What wins is cut to the limits of higher levels, the strictest counting, and waits for the machine. A rule that is blind may keep
/// what it has, or bring it to its safe state, and takes nothing; what was forced or held by hand while the rules went blind goes to its safe state after it; and a default waits until something has been wanted at all: starting moves nothing. Only actuators of which somebody changed his mind are looked at.
/// </summary>
internal static class Arbiter
{
    public static void Run(ZoneRules rules, ZoneRuleState state, RuleOutput output)
    {
        // One hand-over of a group takes two rounds; two rules that push each other away must not do so for ever.
        var most = 4 + (2 * rules.Exclusive.Length);
        for (var round = 0; round < most && state.DirtyActuators != 0; round++)
        {
            var dirty = state.DirtyActuators;
            state.DirtyActuators = 0;
            for (var actuator = 0; actuator < state.Wants.Length; actuator++)
            {
                if ((dirty & (1UL << actuator)) != 0)
                {
                    Resolve(rules, state, actuator, output);
                }
            }
        }
    }

    private static void Resolve(ZoneRules rules, ZoneRuleState state, int actuator, RuleOutput output)
    {
        var held = state.Wants[actuator];
        var claim = Limits.Apply(rules, state, actuator, Best(rules, state, actuator) ?? Stay(rules, state, actuator, held));
        state.Winners[actuator] = claim?.Rule ?? -1;
        state.Waiting[actuator] = (Wait.No, long.MaxValue);
        if (claim is { } wanted)
        {
            wanted = Exclusion.Apply(rules, state, actuator, wanted);
            state.Winners[actuator] = wanted.Rule;
            Grant(rules, state, actuator, wanted, held, output);
        }

        MarkLosers(rules, state, actuator);
    }

    /// <summary>The highest claim to an actuator; null when nobody asks for anything.</summary>
    public static Claim? Best(ZoneRules rules, ZoneRuleState state, int actuator)
    {
        if (state.Stop is not null)
        {
            return new Claim(rules.Actuators[actuator].Emergency, Authority.EmergencyStop, Claim.Person);
        }

        var best = state.Orders[actuator] is { } order ? new Claim(order.Target, Authority.Manual, Claim.Person) : (Claim?)null;
        var rank = best is null ? int.MaxValue : RankOf(Authority.Manual, Ask.Set);
        foreach (var (index, slot) in rules.ByActuator[actuator])
        {
            ref readonly var memory = ref state.Rules[index];
            var definition = rules.Rules[index].Definition;
            var target = RuleStep.TargetOf(memory, slot);
            if (definition.Logic.IsLimit || double.IsNaN(target))
            {
                continue;
            }

            var own = RankOf(definition.Level, memory.Outcome.Ask);
            var isBlind = !definition.IsSafety && (memory.Outcome.IsBlind || memory.Outcome.Ask == Ask.Safe);
            var held = state.Wants[actuator];
            var mayAsk = !isBlind || (held is not null && (memory.Outcome.Ask == Ask.Safe || (held.Source == definition.Source && (held.Target == target || target == rules.Actuators[actuator].Safe))));
            var isTooEarly = definition.Level == Authority.Default && held is null;
            if (own < rank && !isTooEarly && mayAsk)
            {
                (rank, best) = (own, new Claim(target, memory.Outcome.Ask == Ask.Safe ? Authority.SafeState : definition.Level, index));
            }
        }

        return best;
    }

    /// <summary>Rules that are off give way to all that are on; safe states to all.</summary>
    private static int RankOf(Authority level, Ask ask) => ask switch
    {
        Ask.Safe => 10 * (int)Authority.SafeState,
        Ask.Otherwise => (10 * Math.Max((int)level, (int)Authority.Rule)) + 1,
        _ => 10 * (int)level,
    };

    /// <summary>What nobody asks for any more stays where it is, as long as no limit forbids it; but not what was forced while the rules that would take over went blind.</summary>
    private static Claim? Stay(ZoneRules rules, ZoneRuleState state, int actuator, Decision? held) =>
        held is null ? null
        : held.Authority > Authority.Manual ? new Claim(held.Target, held.Authority, Claim.Nobody)
        : IsLeftToBlind(rules, state, actuator, held.Source) ? new Claim(rules.Actuators[actuator].Safe, Authority.SafeState, Claim.Blind)
        : new Claim(held.Target, Authority.SafeState, Claim.Nobody);

    /// <summary>
    /// Whether a rule that is blind, and is not to hold for ever, asks for it. Not so when it was merely a limit that held it: what was only cut stays for as
    /// long as the rule holds it.
    /// </summary>
    private static bool IsLeftToBlind(ZoneRules rules, ZoneRuleState state, int actuator, string heldBy)
    {
        var isLeft = false;
        foreach (var (index, slot) in rules.ByActuator[actuator])
        {
            ref readonly var memory = ref state.Rules[index];
            var definition = rules.Rules[index].Definition;
            if (definition.Logic.IsLimit && definition.Source == heldBy)
            {
                return false;
            }

            isLeft |= memory.Outcome.IsBlind && definition.HoldMs is not null && !double.IsNaN(RuleStep.TargetOf(memory, slot));
        }

        return isLeft;
    }

    private static void Grant(ZoneRules rules, ZoneRuleState state, int index, Claim claim, Decision? held, RuleOutput output)
    {
        var actuator = rules.Actuators[index];
        var source = SourceOf(rules, state, index, claim, held);
        if (held is not null && held.Authority == claim.Authority && held.Source == source && IsSame(actuator, held.Target, claim.Target))
        {
            return;
        }

        if (claim.Rule == Claim.Nobody && held!.Target == claim.Target && held.Authority > Authority.Manual)
        {
            return;
        }

        var midnight = state.Calendar.Midnight(state.NowMs + state.WallOffsetMs);
        var nextMidnightMs = state.Calendar.NextMidnight(state.NowMs + state.WallOffsetMs) - state.WallOffsetMs;
        if (Governor.Objection(actuator, state.Governors[index], held, claim.Target, claim.Authority, state.NowMs, midnight, nextMidnightMs) is { } objection)
        {
            state.Waiting[index] = objection;

            // Who wins must wait for the machine; a limit that forbids where it stands meanwhile need not.
            var kept = Limits.Apply(rules, state, index, new Claim(held!.Target, Authority.SafeState, Claim.Nobody));
            if (kept is { Rule: >= 0 } cut && cut.Rule != claim.Rule)
            {
                Grant(rules, state, index, cut, held, output);
                state.Waiting[index] = objection;
            }

            return;
        }

        Governor.Moved(actuator, ref state.Governors[index], held, claim.Target, state.NowMs, midnight);
        state.Wants[index] = new Decision(state.NowMs, actuator.Id, claim.Target, claim.Authority, source, ReasonOf(rules, state, index, claim, held))
        {
            Losers = LosersOf(rules, state, index, claim),
        };
        output.Decisions.Add(state.Wants[index]!);
        Exclusion.Wake(rules, state, index);
    }

    /// <summary>Targets closer than the least move count as the same, but for the ends of the range.</summary>
    private static bool IsSame(Domain.Farms.Actuator actuator, double held, double target) =>
        held == target || (Math.Abs(held - target) < actuator.MinMove && target != actuator.Min && target != actuator.Max);

    private static string SourceOf(ZoneRules rules, ZoneRuleState state, int actuator, Claim claim, Decision? held) =>
        claim.Rule >= 0 ? rules.Rules[claim.Rule].Definition.Source
        : claim.Rule == Claim.Group ? "exclusive"
        : claim.Rule is Claim.Nobody or Claim.Blind ? held!.Source
        : state.Stop?.Owner ?? state.Orders[actuator]!.Owner;

    private static string ReasonOf(ZoneRules rules, ZoneRuleState state, int index, Claim claim, Decision? held)
    {
        var actuator = rules.Actuators[index];
        if (claim.Rule >= 0)
        {
            var because = RuleText.Reason(rules, state, claim.Rule);
            return claim.Asked is { } asked ? $"limited to {Targets.Format(actuator, claim.Target)} instead of {Targets.Format(actuator, asked)}: {because}" : because;
        }

        return claim.Rule == Claim.Group ? $"{claim.Other} is at work, and only one of its group may be"
            : claim.Rule == Claim.Nobody ? $"{held!.Source} no longer forces it and no rule asks for anything: it stays where it is"
            : claim.Rule == Claim.Blind ? $"{held!.Source} no longer forces it and the rules that would take over are blind: it goes to its safe state"
            : state.Stop is { } stop ? $"emergency stop by {stop.Owner}: {stop.Reason}"
            : $"by hand of {state.Orders[index]!.Owner}: {state.Orders[index]!.Reason}";
    }

    /// <summary>Everybody who asked for something of the actuator and did not get it.</summary>
    private static string LosersOf(ZoneRules rules, ZoneRuleState state, int index, Claim claim)
    {
        var text = new StringBuilder();
        if (state.Orders[index] is { } order && claim.Rule != Claim.Person)
        {
            text.Append(order.Owner).Append(" by hand asks ").Append(Targets.Format(rules.Actuators[index], order.Target));
        }

        foreach (var (rule, slot) in rules.ByActuator[index])
        {
            var target = RuleStep.TargetOf(state.Rules[rule], slot);
            if (rule != claim.Rule && !double.IsNaN(target) && !rules.Rules[rule].Definition.Logic.IsLimit)
            {
                text.Append(text.Length > 0 ? "; " : "").Append(rules.Rules[rule].Definition.Source).Append(" asks ")
                    .Append(Targets.Format(rules.Actuators[index], target)).Append(": ").Append(RuleText.Reason(rules, state, rule));
            }
        }

        return text.ToString();
    }

    private static void MarkLosers(ZoneRules rules, ZoneRuleState state, int actuator)
    {
        foreach (var (rule, slot) in rules.ByActuator[actuator])
        {
            ref var outcome = ref state.Rules[rule].Outcome;
            var bit = 1UL << slot;
            var asks = !double.IsNaN(RuleStep.TargetOf(state.Rules[rule], slot)) && !rules.Rules[rule].Definition.Logic.IsLimit;
            var isWinner = state.Winners[actuator] == rule;
            outcome = outcome with
            {
                Lost = asks && !isWinner ? outcome.Lost | bit : outcome.Lost & ~bit,
                Waits = asks && isWinner && state.Waiting[actuator].Why != Wait.No ? outcome.Waits | bit : outcome.Waits & ~bit,
            };
        }
    }
}
