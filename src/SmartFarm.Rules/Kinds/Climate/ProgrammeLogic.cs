using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>
/// A set point through the day. A pure function of the time and its terms: it remembers nothing, so that a restart in the middle of a ramp changes nothing.
/// </summary>
/// <param name="unit">Unit of the set point.</param>
/// <param name="periods">Its periods, at least one.</param>
/// <param name="influences">What is added, such as warmth with light.</param>
/// <param name="most">Bounds of what is added together; null for none.</param>
/// <param name="range">Bounds of the set point; null for none.</param>
internal sealed class ProgrammeLogic(Unit? unit, IReadOnlyList<Period> periods, IReadOnlyList<Term> influences, Span? most, Span? range) : RuleLogic
{
    private const long DayMs = 86_400_000;
    private const long LookMs = 60_000;

    public override IEnumerable<Term> Terms => [.. periods.SelectMany(p => p.Terms), .. influences];

    public override int Memory => 1;

    public override Unit? OutputUnit => unit;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var (value, _, isMoving) = Base(ref at);
        at.DueAtWall(isMoving ? ((at.WallMs / LookMs) + 1) * LookMs : long.MaxValue);
        value = Math.Round(Bounded(value + Added(ref at)), 3);
        state.Memory[0] = value;
        return double.IsNaN(value)
            ? new LogicResult(Latch.Idle, Ask.Nothing, IsBlind: true, Truth.Unknown, Truth.Unknown)
            : new LogicResult(Latch.On, Ask.Nothing, IsBlind: false, Truth.True, Truth.False);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at)
    {
        var (value, period, isMoving) = Base(ref at);
        text.Append("from ").Append(period.From).Append(' ').Append(Term.Number(value, unit)).Append(isMoving ? " on the way to the value of the period" : "");
        foreach (var influence in influences)
        {
            text.Append(", ");
            influence.Describe(text, ref at);
        }

        if (at.Calendar.CropStage(at.WallMs) is null && period.Values[0].Stage.Length > 0)
        {
            text.Append("; the stage of the crop is not known");
        }
    }

    public override string ToString() => $"{unit}\n{string.Join('\n', periods)}\n{string.Join('\n', influences)}\n{most}\n{range}";

    private double Bounded(double value) => range is null ? value : Math.Clamp(value, range.From, range.To);

    private double Added(ref Evaluation at)
    {
        var sum = 0.0;
        foreach (var influence in influences)
        {
            sum += influence.Evaluate(ref at);
        }

        return most is null ? sum : Math.Clamp(sum, most.From, most.To);
    }

    /// <summary>The value of the period that holds, on its way from the one before, which may itself have been on its way when it ended.</summary>
    private (double Value, Period Period, bool IsMoving) Base(ref Evaluation at)
    {
        Span<double> values = stackalloc double[periods.Count];
        Span<long> begins = stackalloc long[periods.Count];
        Begins(ref at, begins);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = periods[i].Evaluate(ref at);
        }

        var now = Latest(begins, long.MaxValue);
        var before = Latest(begins, begins[now]);
        var first = Latest(begins, begins[before]);
        var left = before == now ? values[now] : periods[before].Ramp(values[first], values[before], begins[now] - begins[before]);
        var value = periods[now].Ramp(left, values[now], at.WallMs - begins[now]);
        return (value, periods[now], value != values[now] && !double.IsNaN(value));
    }

    /// <summary>When each period began last: today, or yesterday at about the same time.</summary>
    private void Begins(ref Evaluation at, scoped Span<long> begins)
    {
        at.DueAtWall(at.Calendar.NextMidnight(at.WallMs));
        for (var i = 0; i < begins.Length; i++)
        {
            var today = periods[i].From.On(at.Calendar, at.WallMs);
            at.DueAtWall(today);
            begins[i] = today <= at.WallMs ? today : today - DayMs;
        }
    }

    /// <summary>The one that began latest, but before an instant; the very latest when none did. Of two that begin together the later in the file counts.</summary>
    private static int Latest(ReadOnlySpan<long> begins, long beforeMs)
    {
        var latest = -1;
        for (var i = 0; i < begins.Length; i++)
        {
            if (begins[i] < beforeMs && (latest < 0 || begins[i] >= begins[latest]))
            {
                latest = i;
            }
        }

        return latest >= 0 ? latest : Latest(begins, long.MaxValue);
    }
}
