using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Effects;

/// <summary>
/// Watches for what must follow the commands of one actuator, and computes its signal <c>no_effect</c>: 1 from a command without effect until one has.
/// It asks for nothing. A watch begins when the controller says that it did what it was told, and ends with the first of: the effect is seen, its time is
/// over, it is no longer expected, something else is wanted of the actuator.
/// </summary>
internal sealed class EffectLogic(Actuator actuator, IReadOnlyList<Effect> effects) : RuleLogic
{
    // Remembered: the signal, what was told, then of each effect when its watch began, its reference, its verdict until that is taken, and whether it failed.
    private const int Told = 1;
    private const int First = 2;
    private const int Since = 0;
    private const int Reference = 1;
    private const int Verdict = 2;
    private const int HasFailed = 3;
    private const int Size = 4;

    public string Actuator => actuator.Id;

    public override IEnumerable<Expression> Conditions => effects.Select(e => e.While).OfType<Expression>();

    public override int Memory => First + (Size * effects.Count);

    /// <summary>The controller says that it did it.</summary>
    public void Begin(ref RuleState state, double target, long nowMs)
    {
        state.Memory[Told] = target;
        Array.Clear(state.Timers);
        for (var i = 0; i < effects.Count; i++)
        {
            End(ref state, i);
            if (effects[i].IsOf(target, actuator.Min))
            {
                state.SetTime(Place(i, Since), nowMs);
            }
        }
    }

    /// <summary>Something else is wanted: what was watched for may never come.</summary>
    public void Cancel(ref RuleState state, double target)
    {
        for (var i = 0; i < effects.Count && state.Memory[Told] != target; i++)
        {
            End(ref state, i);
        }
    }

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var isWithout = false;
        for (var i = 0; i < effects.Count; i++)
        {
            Watch(i, ref state, ref at);
            isWithout |= state.Memory[Place(i, HasFailed)] == 1;
        }

        state.Memory[0] = isWithout ? 1 : 0;
        return new LogicResult(isWithout ? Latch.On : Latch.Off, Ask.Nothing, IsBlind: false, isWithout ? Truth.True : Truth.False, isWithout ? Truth.False : Truth.True);
    }

    /// <summary>Hands out the verdicts of the last run.</summary>
    public void TakeVerdicts(ref RuleState state, ref Evaluation at, List<EffectVerdict> verdicts)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            if (state.Memory[Place(i, Verdict)] is var verdict && !double.IsNaN(verdict))
            {
                var seen = (Truth)(byte)verdict;
                verdicts.Add(new EffectVerdict(at.NowMs, actuator.Id, state.Memory[Told], seen, Text(i, seen, state, ref at)));
                End(ref state, i);
            }
        }
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            text.Append(i == 0 ? "" : "; ").Append(effects[i]);
            if (state.Time(Place(i, Since)) is { } since)
            {
                text.Append(", watched for ").Append(Durations.Format(TimeSpan.FromMilliseconds(at.NowMs - since))).Append(": ");
                effects[i].Describe(text, ref at, state.Memory[Told], state.Memory[Place(i, Reference)]);
            }
            else if (state.Memory[Place(i, HasFailed)] == 1)
            {
                text.Append(": was not seen");
            }
        }
    }

    public override string ToString() => string.Join('\n', effects);

    private void Watch(int i, ref RuleState state, ref Evaluation at)
    {
        // Looked at also while nothing is watched for: windows and timers inside must see each moment.
        var since = state.Time(Place(i, Since));
        var seen = effects[i].See(ref at, state.Memory[Told], ref state.Memory[Place(i, Reference)]);
        var isExpected = effects[i].While?.Evaluate(ref at).Held ?? Truth.True;
        if (since is not { } begun)
        {
            state.Memory[Place(i, Reference)] = double.NaN;
            return;
        }

        var dueMs = begun + effects[i].WithinMs;
        var isOver = at.NowMs >= dueMs;
        if (isExpected == Truth.True && seen == Truth.True)
        {
            (state.Memory[Place(i, HasFailed)], state.Memory[Place(i, Verdict)]) = (0, (byte)Truth.True);
        }
        else if (isExpected == Truth.False || (isOver && Kleene.And(seen, isExpected) == Truth.Unknown))
        {
            state.Memory[Place(i, Verdict)] = (byte)Truth.Unknown;
        }
        else if (isOver)
        {
            (state.Memory[Place(i, HasFailed)], state.Memory[Place(i, Verdict)]) = (1, (byte)Truth.False);
        }
        else
        {
            at.Due(dueMs);
        }
    }

    private string Text(int i, Truth seen, in RuleState state, ref Evaluation at)
    {
        var text = new StringBuilder("expected ").Append(effects[i]);
        text.Append(seen switch { Truth.True => ", seen: ", Truth.False => ", not seen: ", _ => ", cannot be told: " });
        effects[i].Describe(text, ref at, state.Memory[Told], state.Memory[Place(i, Reference)]);
        if (seen == Truth.Unknown && effects[i].While is { } condition)
        {
            condition.Describe(text.Append("; "), ref at);
        }

        return text.ToString();
    }

    private static void End(ref RuleState state, int i) =>
        (state.Memory[Place(i, Since)], state.Memory[Place(i, Reference)], state.Memory[Place(i, Verdict)]) = (double.NaN, double.NaN, double.NaN);

    private static int Place(int effect, int of) => First + (Size * effect) + of;
}
