namespace SmartFarm.Rules.Engine;

/// <summary>What a step of the engine hands out, in order of time. Cleared by its owner; not thread-safe.</summary>
public sealed class RuleOutput
{
    /// <summary>What is newly wanted.</summary>
    public List<Decision> Decisions { get; } = [];

    /// <summary>What each rule newly came to.</summary>
    public List<Trace> Traces { get; } = [];

    /// <summary>Alarms that were raised or cleared.</summary>
    public List<AlarmChange> Alarms { get; } = [];

    /// <summary>What became of the effects that were waited for.</summary>
    public List<EffectVerdict> Effects { get; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Decisions.Count == 0 && Traces.Count == 0 && Alarms.Count == 0 && Effects.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Decisions.Clear();
        Traces.Clear();
        Alarms.Clear();
        Effects.Clear();
    }
}

/// <summary>An alarm of a zone that came or went.</summary>
/// <param name="TimeMs">Event time, ms.</param>
/// <param name="Alarm">Name of the alarm.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="IsRaised">Whether it came.</param>
/// <param name="Text">Why, with the inputs.</param>
public sealed record AlarmChange(long TimeMs, string Alarm, string Severity, bool IsRaised, string Text);

/// <summary>What became of an effect that had to follow a command.</summary>
/// <param name="TimeMs">Event time, ms.</param>
/// <param name="Actuator">Name of the actuator.</param>
/// <param name="Target">What it had been told.</param>
/// <param name="Seen">Whether the effect was seen; unknown when what measures it was.</param>
/// <param name="Text">What was waited for and what was seen.</param>
public sealed record EffectVerdict(long TimeMs, string Actuator, double Target, Truth Seen, string Text);
