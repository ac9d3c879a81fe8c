namespace SmartFarm.Pipeline.Alarms;

/// <summary>Which alarm.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its zone; <c>site</c> for what concerns all of them.</param>
/// <param name="Code">What kind, as stored: <c>command_failed</c>, or the name of the rule's alarm.</param>
/// <param name="Subject">Of what: an actuator, or empty.</param>
public readonly record struct AlarmKey(string Site, string Zone, string Code, string Subject = "")
{
    /// <summary>Its name in the API: <c>t1:gh1:command_failed:roof_vent</c>.</summary>
    public string Id => Subject.Length == 0 ? $"{Site}:{Zone}:{Code}" : $"{Site}:{Zone}:{Code}:{Subject}";
}

/// <summary>Where an alarm stands (the states of ISA-18.2, §5.5, but those of shelving).</summary>
public enum AlarmState
{
    /// <summary>It holds, and nobody has said that he knows.</summary>
    Active,

    /// <summary>It holds, and somebody knows.</summary>
    Acknowledged,

    /// <summary>It no longer holds, but nobody has said that he knew of it: it stays to be seen.</summary>
    Returned,
}

/// <summary>An alarm that somebody should see.</summary>
/// <param name="Key">Which.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Text">What is the matter, in a sentence.</param>
/// <param name="SinceMs">When it came, Unix ms.</param>
/// <param name="ClearedMs">When it went, Unix ms; null while it holds.</param>
/// <param name="AcknowledgedBy">Who knows; null: nobody has said so.</param>
/// <param name="AcknowledgedMs">When he said so, Unix ms.</param>
/// <param name="Note">What he added; empty when nothing.</param>
public sealed record AlarmEntry(
    AlarmKey Key, string Severity, string Text, long SinceMs, long? ClearedMs = null, string? AcknowledgedBy = null, long? AcknowledgedMs = null, string Note = "")
{
    /// <summary>Where it stands.</summary>
    public AlarmState State => ClearedMs is not null ? AlarmState.Returned : AcknowledgedBy is null ? AlarmState.Active : AlarmState.Acknowledged;
}

/// <summary>The alarms that somebody should see. Thread-safe.</summary>
public interface IAlarmList
{
    /// <summary>Every alarm, those that hold first, the newest first.</summary>
    IReadOnlyList<AlarmEntry> List();

    /// <summary>Somebody says that he knows.</summary>
    /// <param name="id">Which, as <see cref="AlarmKey.Id"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What he does about it; may be empty.</param>
    /// <returns>The alarm as it is now, or was when it no longer holds and leaves the list; null when there is none of that name.</returns>
    AlarmEntry? Acknowledge(string id, string by, string note);
}

/// <summary>Keeps the alarms across restarts. Thread-safe.</summary>
public interface IAlarmStore
{
    /// <summary>Saves all alarms durably, in place of those before.</summary>
    ValueTask SaveAsync(ReadOnlyMemory<byte> alarms, CancellationToken cancellationToken);

    /// <summary>What was saved last, or null.</summary>
    ValueTask<byte[]?> LoadAsync(CancellationToken cancellationToken);
}
