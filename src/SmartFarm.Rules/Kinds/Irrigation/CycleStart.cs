using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Whether a cycle begins, and why.</summary>
internal sealed class CycleStart(Occasions occasions, Dosing dosing, Safeguards safeguards)
{
    /// <summary>Sums within this of what is wanted are full: a wake-up is right to a millisecond.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Each cycle moves the sum of light by this part of its middle value.</summary>
    private const double DrainStep = 0.05;

    /// <summary>Whether it is dry or wet at the moment; keeps what it does over from the one to the other.</summary>
    public Truth Soak(scoped IrrigationMemory memory, ref Evaluation at)
    {
        if (occasions.Moisture is not { } moisture)
        {
            return Truth.Unknown;
        }

        var dry = moisture.Dry.Evaluate(ref at).Held;
        var wet = moisture.Wet?.Evaluate(ref at).Held ?? Kleene.Not(dry);
        memory.Wetting = wet != Truth.True && (memory.Wetting || dry == Truth.True);
        return dry == Truth.True ? Truth.True : Kleene.Not(wet);
    }

    public void Check(scoped IrrigationMemory memory, Truth when, Truth isDry, double drain, bool feedOff, ref Evaluation at)
    {
        var restMs = (memory.Ended ?? long.MinValue) + (memory.Ended is null ? 0 : occasions.MinRestMs);
        at.Due(restMs);
        at.Due(memory.Locked ?? long.MinValue);
        var occasion = Occasion(memory, isDry, ref at);
        if (occasion == Irrigation.Occasion.None || when != Truth.True || at.NowMs < restMs || at.NowMs < memory.Locked || !HasRoom(memory))
        {
            return;
        }

        Adjust(memory, drain);
        memory.Running = memory.Began = at.NowMs;
        (memory.Occasion, memory.Given, memory.Light) = (occasion, 0, 0);
        memory.DayCycles++;
        memory.FlowLow = memory.FeedOff = null;
        new CycleEnd(dosing, safeguards).Check(memory, when, feedOff, ref at);
    }

    /// <summary>Whether the day has room for another cycle.</summary>
    public bool HasRoom(scoped IrrigationMemory memory) =>
        !(memory.DayCycles >= safeguards.MaxCycles) && !(memory.DayLitres + (CycleEnd.SizeOf(dosing, memory.DayCycles + 1).Litres ?? 0) > safeguards.MaxLitres + Rounding);

    private Occasion Occasion(scoped IrrigationMemory memory, Truth isDry, ref Evaluation at)
    {
        var occasion = Irrigation.Occasion.None;
        if (occasions.MaxRestMs is { } maxRest && memory.Open is { } open)
        {
            occasion = At(Math.Max(open, memory.Ended ?? open) + maxRest, Irrigation.Occasion.MaxRest, occasion, ref at);
        }

        if (occasions.EveryMs is { } every && memory.Open is { } since)
        {
            occasion = At(memory.Began >= since ? memory.Began.Value + every : since, Irrigation.Occasion.Every, occasion, ref at);
        }

        if (occasions.Light is { } light && LightFull(memory, light, ref at))
        {
            occasion = Irrigation.Occasion.Light;
        }

        if (memory.Wetting && isDry == Truth.True)
        {
            occasion = At((memory.Ended ?? at.NowMs - occasions.Moisture!.SoakMs) + occasions.Moisture!.SoakMs, Irrigation.Occasion.Dry, occasion, ref at);
        }

        return occasion;
    }

    private static Occasion At(long atMs, Occasion then, Occasion before, ref Evaluation at)
    {
        at.Due(atMs);
        return at.NowMs >= atMs ? then : before;
    }

    private static bool LightFull(scoped IrrigationMemory memory, LightSum light, ref Evaluation at)
    {
        if (double.IsNaN(memory.LightWanted))
        {
            memory.LightWanted = light.Sum;
        }

        if (memory.Light < memory.LightWanted - Rounding)
        {
            at.Due(Metering.LightFullMs(memory, memory.LightWanted, at.NowMs) ?? long.MinValue);
            return false;
        }

        return light.Above is not { } above || memory.LightNow > above;
    }

    private void Adjust(scoped IrrigationMemory memory, double drain)
    {
        if (occasions.Light is { Drain: { } feedback } light)
        {
            var step = drain < feedback.Low ? -DrainStep : drain > feedback.High ? DrainStep : 0;
            memory.LightWanted = Math.Clamp(memory.LightWanted + (step * light.Sum), feedback.LeastSum, feedback.MostSum);
        }
    }
}
