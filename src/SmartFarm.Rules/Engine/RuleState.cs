using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>Where a rule stands.</summary>
internal enum Latch : byte
{
    /// <summary>Just started, or handed over after blindness: neither its start nor its end has been known to be true yet.</summary>
    Idle,

    /// <summary>Ended, or never begun.</summary>
    Off,

    /// <summary>Begun and not ended.</summary>
    On,
}

/// <summary>What a rule asks for.</summary>
internal enum Ask : byte
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>What it does while it is on.</summary>
    Set,

    /// <summary>Its <c>otherwise</c>.</summary>
    Otherwise,

    /// <summary>The safe state of what it had: it has been blind for too long.</summary>
    Safe,
}

/// <summary>What a rule came to; a trace is written when it changes.</summary>
/// <param name="Latch">Where it stands.</param>
/// <param name="Ask">What it asks for.</param>
/// <param name="IsBlind">Whether it cannot see what it needs to go on or off.</param>
/// <param name="Start">Truth of its start, without timers.</param>
/// <param name="End">Truth of its end, without timers.</param>
/// <param name="Lost">Actuators, by slot, that somebody else won.</param>
/// <param name="Waits">Actuators, by slot, that it won and that may not move yet.</param>
internal readonly record struct Outcome(Latch Latch, Ask Ask, bool IsBlind, Truth Start, Truth End, ulong Lost, ulong Waits)
{
    /// <summary>Whether the rule is on; unknown while it is blind or has not found out yet.</summary>
    public Truth Truth => IsBlind || Latch == Latch.Idle ? Truth.Unknown : Latch == Latch.On ? Truth.True : Truth.False;
}

/// <summary>What a rule remembers.</summary>
internal struct RuleState
{
    /// <summary>What it came to so far.</summary>
    public Outcome Outcome;

    /// <summary>What was last traced; null before the first trace.</summary>
    public Outcome? Traced;

    /// <summary>Since when it has been blind; of no meaning while it is not.</summary>
    public long BlindSinceMs;

    /// <summary>Event time at which it is to be looked at though nothing has changed.</summary>
    public long DueMs;

    /// <summary>Its timers.</summary>
    public HoldTimer[] Timers;

    /// <summary>Its windows.</summary>
    public WindowState[] Windows;

    /// <summary>Its numbers. Event times among them are kept as differences to <see cref="Origin"/>, so that they survive a move of the clock.</summary>
    public double[] Memory;

    /// <summary>Event time that times in <see cref="Memory"/> are relative to.</summary>
    public long Origin;

    /// <summary>What it asks for, by slot: a target, or the lower end of a limit; NaN for nothing.</summary>
    public double[] Asks;

    /// <summary>Upper ends of limits, by slot.</summary>
    public double[] Highs;

    private (Ask Ask, bool IsBlind) _seen;
    private double[] _seenAsks;
    private double[] _seenHighs;

    public static RuleState New(ZoneRule rule)
    {
        var definition = rule.Definition;
        var slots = definition.Actuators.Count;
        var state = new RuleState
        {
            DueMs = long.MinValue,
            Timers = new HoldTimer[definition.Timers],
            Windows = [.. definition.Windows.Select(w => w.NewState())],
            Memory = new double[definition.Memory],
            Origin = long.MinValue,
            Asks = new double[slots],
            Highs = new double[definition.Logic.IsLimit ? slots : 0],
            _seenAsks = new double[slots],
            _seenHighs = new double[definition.Logic.IsLimit ? slots : 0],
        };
        Array.Fill(state.Asks, double.NaN);
        Array.Fill(state.Memory, double.NaN);
        return state;
    }

    /// <summary>Whether it asks for something else than when this was asked last.</summary>
    public bool TakeChange()
    {
        if (_seen == (Outcome.Ask, Outcome.IsBlind) && Asks.AsSpan().SequenceEqual(_seenAsks) && Highs.AsSpan().SequenceEqual(_seenHighs))
        {
            return false;
        }

        _seen = (Outcome.Ask, Outcome.IsBlind);
        Asks.CopyTo(_seenAsks, 0);
        Highs.CopyTo(_seenHighs, 0);
        return true;
    }

    /// <summary>Remembers an event time.</summary>
    public void SetTime(int memory, long timeMs)
    {
        Origin = Origin == long.MinValue ? timeMs : Origin;
        Memory[memory] = timeMs - Origin;
    }

    /// <summary>A remembered event time; null when there is none.</summary>
    public readonly long? Time(int memory) => double.IsNaN(Memory[memory]) ? null : Origin + (long)Memory[memory];
}
