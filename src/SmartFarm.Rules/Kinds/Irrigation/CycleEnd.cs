using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Whether a cycle that runs ends, and how.</summary>
internal sealed class CycleEnd(Dosing dosing, Safeguards safeguards)
{
    private const double Rounding = 1e-6;

    /// <summary>Size of a cycle by its number in the day.</summary>
    public static CycleSize SizeOf(Dosing dosing, double number) => number <= dosing.FirstCycles ? dosing.First ?? dosing.Usual : dosing.Usual;

    /// <summary>Whether the water is, or may be, not as it must be.</summary>
    public bool IsFeedOff(ref Evaluation at)
    {
        var isOff = false;
        foreach (var limit in safeguards.Feed)
        {
            var value = limit.Value.Evaluate(ref at);
            isOff |= !(value >= limit.Low && value <= limit.High);
        }

        return isOff;
    }

    public void Check(scoped IrrigationMemory memory, Truth when, bool feedOff, ref Evaluation at)
    {
        var flowLow = safeguards.MinFlow is { } least && !(memory.FlowNow >= least);
        memory.FlowLow = flowLow ? memory.FlowLow ?? at.NowMs : null;
        memory.FeedOff = feedOff ? memory.FeedOff ?? at.NowMs : null;
        var ending = IsOver(memory, ref at) ? Ending.Done
            : Passed(memory.FlowLow + safeguards.ConfirmMs, ref at) ? Ending.NoFlow
            : Passed(memory.FeedOff + safeguards.FeedForMs, ref at) ? Ending.Feed
            : Passed(memory.Running + dosing.LongestMs, ref at) ? Ending.TooSlow
            : when == Truth.False ? Ending.Closed
            : Ending.None;
        if (ending != Ending.None)
        {
            End(memory, ending, at.NowMs);
        }
    }

    private bool IsOver(scoped IrrigationMemory memory, ref Evaluation at)
    {
        var size = SizeOf(dosing, memory.DayCycles);
        if (size.Ms is { } ms)
        {
            return Passed(memory.Running + ms, ref at);
        }

        var missing = size.Litres!.Value - memory.Given;
        if (missing <= Rounding)
        {
            return true;
        }

        if (Metering.LitresPerMs(memory, dosing, at.Calendar.Place.AreaM2) is > 0 and var litresPerMs)
        {
            at.Due(at.NowMs + WholeMs.Of(missing / litresPerMs));
        }

        return false;
    }

    private void End(scoped IrrigationMemory memory, Ending ending, long nowMs)
    {
        memory.Running = null;
        (memory.Ended, memory.FlowLow, memory.FeedOff) = (nowMs, null, null);
        memory.Locked = ending is Ending.NoFlow or Ending.Feed ? nowMs + safeguards.LockMs : null;
        memory.Ending = ending == Ending.Closed ? memory.Ending : ending;
    }

    private static bool Passed(long? atMs, ref Evaluation at)
    {
        at.Due(atMs ?? long.MinValue);
        return at.NowMs >= atMs;
    }
}
