using System.Text;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>A condition, compiled. Immutable; what it remembers lies in the timers of the evaluation.</summary>
internal abstract class Expression
{
    /// <summary>
    /// Its truth at this moment. Every part is evaluated every time, without shortcuts: the timers inside must see each moment.
    /// </summary>
    public abstract Verdict Evaluate(ref Evaluation at);

    /// <summary>Writes it with its inputs as they are: "air_temperature 29.1 °C > 28 °C for 2 min".</summary>
    public abstract void Describe(StringBuilder text, in Evaluation at);

    /// <summary>Every comparison in it.</summary>
    public abstract IEnumerable<Comparison> Comparisons { get; }

    /// <summary>Its one way of writing, in canonical units: the same for the same meaning, whatever the spelling.</summary>
    public abstract override string ToString();
}

/// <summary>Truth with and without its timers.</summary>
/// <param name="Held">With <c>for</c>: what rules act on.</param>
/// <param name="Now">Without <c>for</c>: Unknown here means that an input is missing, not that a timer still runs.</param>
internal readonly record struct Verdict(Truth Held, Truth Now);

/// <summary>A moment at which expressions are evaluated.</summary>
/// <param name="inputs">Newest values by <see cref="InputValue.IndexOf"/>.</param>
/// <param name="timers">Timers of the rule, changed by the evaluation.</param>
/// <param name="nowMs">Event time.</param>
internal ref struct Evaluation(ReadOnlySpan<InputValue> inputs, Span<HoldTimer> timers, long nowMs)
{
    public readonly ReadOnlySpan<InputValue> Inputs = inputs;
    public readonly Span<HoldTimer> Timers = timers;
    public readonly long NowMs = nowMs;

    /// <summary>The next instant at which the answer may change without a new value.</summary>
    public long NextDueMs = long.MaxValue;

    /// <summary>Notes such an instant.</summary>
    public void Due(long atMs)
    {
        if (atMs > NowMs && atMs < NextDueMs)
        {
            NextDueMs = atMs;
        }
    }
}
