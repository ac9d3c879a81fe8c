using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>What fogging goes by.</summary>
/// <param name="Dryness">What tells how dry the air is.</param>
/// <param name="Start">Fogging begins above this.</param>
/// <param name="Stop">It ends below this.</param>
/// <param name="Full">From here on the duty is full; null: as far above <paramref name="Start"/> as that is above <paramref name="Stop"/>.</param>
/// <param name="When">Fog only while this is known to be true; null: always.</param>
/// <param name="PulseMs">Length of a pulse.</param>
/// <param name="Duty">Largest share of time with fog, above 0 and below 1.</param>
/// <param name="LongestRestMs">Longest rest between two pulses.</param>
internal sealed record FogPlan(Term Dryness, Term Start, Term Stop, Term? Full, Expression? When, long PulseMs, double Duty, long LongestRestMs);

/// <summary>Pulses of one length with rests that are the shorter, the drier it is.</summary>
/// <param name="plan">What it goes by.</param>
/// <param name="targets">Its targets as written.</param>
internal sealed class FoggingLogic(FogPlan plan, string targets) : RuleLogic
{
    private const int PulseBegan = 0;
    private const int PulseEnded = 1;

    public override IEnumerable<Expression> Conditions => plan.When is null ? [] : [plan.When];

    public override IEnumerable<Term> Terms => [.. new[] { plan.Dryness, plan.Start, plan.Stop, plan.Full }.OfType<Term>()];

    public override int Memory => 2;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var when = plan.When?.Evaluate(ref at).Held ?? Truth.True;
        var (dryness, start, stop) = (plan.Dryness.Evaluate(ref at), plan.Start.Evaluate(ref at), plan.Stop.Evaluate(ref at));
        var full = plan.Full?.Evaluate(ref at) ?? (2 * start) - stop;
        var isDry = dryness > start ? Truth.True : dryness < stop ? Truth.False : double.IsNaN(dryness + start + stop + full) ? Truth.Unknown : (Truth?)null;
        var isKnown = when != Truth.Unknown && isDry != Truth.Unknown;
        var latch = when == Truth.False || isDry == Truth.False ? Latch.Off
            : isKnown && isDry == Truth.True ? Latch.On
            : isKnown && state.Outcome.Latch == Latch.Idle ? Latch.Off
            : state.Outcome.Latch;
        EndPulse(ref state, latch, ref at);
        if (latch == Latch.On && isKnown && state.Time(PulseBegan) is null)
        {
            BeginPulse(ref state, Math.Clamp((dryness - stop) / (full - stop), 0, 1), ref at);
        }

        if (latch == Latch.Idle)
        {
            return new LogicResult(latch, Ask.Nothing, IsBlind: true, when, Truth.Unknown);
        }

        rule.Constants[state.Time(PulseBegan) is null ? 1 : 0].CopyTo(state.Asks, 0);
        return new LogicResult(latch, latch == Latch.On ? Ask.Set : Ask.Otherwise, !isKnown && latch == Latch.On, when, isDry is { } dry ? Kleene.Not(dry) : Truth.False);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        plan.Dryness.Describe(text, ref at);
        text.Append(state.Outcome.Latch == Latch.On ? ", fog until it is below " : ", fog from ")
            .Append(Term.Number((state.Outcome.Latch == Latch.On ? plan.Stop : plan.Start).Evaluate(ref at), plan.Dryness.ShownUnit));
        if (state.Outcome.Latch == Latch.On)
        {
            text.Append(", in pulses of ").Append(Durations.Format(TimeSpan.FromMilliseconds(plan.PulseMs)));
        }

        if (plan.When is { } when)
        {
            text.Append("; only while ");
            when.Describe(text, ref at);
        }
    }

    public override string ToString() =>
        FormattableString.Invariant($"{plan.Dryness}\n{plan.Start}\n{plan.Stop}\n{plan.Full}\n{plan.When}\n{plan.PulseMs}\n{plan.Duty:R}\n{plan.LongestRestMs}\n{targets}");

    private void EndPulse(ref RuleState state, Latch latch, ref Evaluation at)
    {
        if (state.Time(PulseBegan) is not { } began)
        {
            return;
        }

        at.Due(began + plan.PulseMs);
        if (latch != Latch.On || at.NowMs >= began + plan.PulseMs)
        {
            state.Memory[PulseBegan] = double.NaN;
            state.SetTime(PulseEnded, at.NowMs);
        }
    }

    /// <summary>A rest keeps the share of time with fog at the duty of this dryness.</summary>
    private void BeginPulse(ref RuleState state, double dryness, ref Evaluation at)
    {
        var rest = dryness > 0 ? Math.Min(plan.PulseMs * ((1 / (plan.Duty * dryness)) - 1), plan.LongestRestMs) : plan.LongestRestMs;
        var nextMs = (state.Time(PulseEnded) ?? long.MinValue / 2) + (long)rest;
        at.Due(nextMs);
        if (at.NowMs >= nextMs)
        {
            state.SetTime(PulseBegan, at.NowMs);
            at.Due(at.NowMs + plan.PulseMs);
        }
    }
}
