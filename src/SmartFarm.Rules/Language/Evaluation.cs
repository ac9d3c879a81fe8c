using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>Truth with and without its timers.</summary>
/// <param name="Held">With <c>for</c>: what rules act on.</param>
/// <param name="Now">Without <c>for</c>: Unknown here means that an input is missing, not that a timer still runs.</param>
internal readonly record struct Verdict(Truth Held, Truth Now);

/// <summary>A moment at which terms and conditions are evaluated for one rule of one zone.</summary>
/// <param name="inputs">Newest values of the zone's signals.</param>
/// <param name="signals">The zone's signal for each signal that the rule uses.</param>
/// <param name="timers">Timers of the rule, changed by the evaluation.</param>
/// <param name="windows">Windows of the rule, changed by the evaluation.</param>
/// <param name="calendar">Days of the zone.</param>
/// <param name="nowMs">Event time.</param>
/// <param name="wallOffsetMs">Wall time less event time.</param>
internal ref struct Evaluation(
    ReadOnlySpan<InputValue> inputs, ReadOnlySpan<int> signals, Span<HoldTimer> timers, ReadOnlySpan<WindowState> windows, ZoneCalendar calendar, long nowMs, long wallOffsetMs)
{
    private readonly ReadOnlySpan<InputValue> _inputs = inputs;
    private readonly ReadOnlySpan<int> _signals = signals;

    public readonly Span<HoldTimer> Timers = timers;
    public readonly ReadOnlySpan<WindowState> Windows = windows;
    public readonly ZoneCalendar Calendar = calendar;
    public readonly long NowMs = nowMs;

    /// <summary>The next instant at which the answer may change without a new value.</summary>
    public long NextDueMs = long.MaxValue;

    /// <summary>Unix ms.</summary>
    public readonly long WallMs => NowMs + wallOffsetMs;

    /// <summary>The newest value of a signal, by its place in the rule.</summary>
    public readonly ref readonly InputValue Input(int slot) => ref _inputs[_signals[slot]];

    /// <summary>Notes an instant at which to look again.</summary>
    public void Due(long atMs)
    {
        if (atMs > NowMs && atMs < NextDueMs)
        {
            NextDueMs = atMs;
        }
    }

    /// <summary>The same for an instant of wall time.</summary>
    public void DueAtWall(long wallMs) => Due(wallMs - wallOffsetMs);
}
