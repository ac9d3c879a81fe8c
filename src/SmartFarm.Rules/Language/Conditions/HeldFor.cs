using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language.Conditions;

/// <summary>
/// <c>a for 2 min</c>: a has been true without a break for that long. It starts anew when a is false or unknown.
/// Until then it is false if a was known to be false before; if nothing is known of the time before, it is unknown.
/// </summary>
internal sealed class HeldFor(Expression inner, TimeSpan duration, int timer) : Expression
{
    private readonly long _durationMs = (long)duration.TotalMilliseconds;

    public Expression Inner => inner;

    public TimeSpan Duration => duration;

    public override IEnumerable<Expression> Inside => [inner];

    public override Verdict Evaluate(ref Evaluation at)
    {
        var a = inner.Evaluate(ref at);
        ref var memory = ref at.Timers[timer];
        if (a.Held != Truth.True)
        {
            memory = new HoldTimer(a.Held, 0, default);
            return a;
        }

        if (memory.Last != Truth.True)
        {
            memory = new HoldTimer(Truth.True, at.NowMs, memory.Last);
        }

        var dueMs = memory.SinceMs + _durationMs;
        at.Due(dueMs);
        return new Verdict(at.NowMs >= dueMs ? Truth.True : memory.Before, a.Now);
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        inner.Describe(text, ref at);
        var memory = at.Timers[timer];
        if (memory.Last == Truth.True && at.NowMs < memory.SinceMs + _durationMs)
        {
            text.Append(CultureInfo.InvariantCulture, $" for {Durations.Format(TimeSpan.FromMilliseconds(at.NowMs - memory.SinceMs))} of {Durations.Format(duration)}");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $" for {Durations.Format(duration)}");
        }
    }

    public override string ToString() => $"({inner} for {Durations.Format(duration)})";
}
