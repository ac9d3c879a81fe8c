namespace SmartFarm.Pipeline.Rollup;

/// <summary>
/// Keeps the means, minima, maxima and counts of a database up to date. What has to be made anew is noted durably with the values
/// themselves, so nothing is missed, whenever a value comes and whatever is killed. One caller at a time.
/// </summary>
public interface IRollups
{
    /// <summary>
    /// Makes a bounded number of due windows of one level anew, oldest first, and notes the windows above them.
    /// The same values give the same windows, in whatever order they came.
    /// </summary>
    /// <param name="level">Which windows.</param>
    /// <param name="endedByMs">Only windows that ended by then, Unix ms.</param>
    /// <param name="cancellationToken">Ends it between windows.</param>
    /// <returns>How many were made; 0 when none is due.</returns>
    ValueTask<int> RollUpAsync(RollupLevel level, long endedByMs, CancellationToken cancellationToken);
}

/// <summary>Lets go of what is older than it has to be kept. One caller at a time.</summary>
public interface IRetention
{
    /// <summary>
    /// Removes a small part of what is too old, in a step that holds up nobody for long. Never removes a value whose window is still to be made.
    /// </summary>
    /// <returns>How many rows went; 0 when nothing is too old.</returns>
    ValueTask<int> PruneAsync(RetentionOptions options, long nowMs, CancellationToken cancellationToken);
}

/// <summary>What has to be made anew in a database that is not ours, by series. Durable. Thread-safe.</summary>
public interface IRollupNotes
{
    /// <summary>Notes windows of the finest level; a window that is noted already stays so.</summary>
    ValueTask NoteAsync(IReadOnlyCollection<RollupNote> notes, CancellationToken cancellationToken);

    /// <summary>The oldest windows that ended by then, at most <paramref name="most"/>.</summary>
    ValueTask<IReadOnlyList<RollupNote>> DueAsync(RollupLevel level, long endedByMs, int most, CancellationToken cancellationToken);

    /// <summary>
    /// These were made: takes their notes away and notes the windows above them, in one step. A note that was made again since it was handed out stays.
    /// </summary>
    ValueTask DoneAsync(RollupLevel level, IReadOnlyList<RollupNote> notes, CancellationToken cancellationToken);
}

/// <summary>A window of a series that has to be made anew.</summary>
/// <param name="Series">Measurement and tags, as in <see cref="Storage.Series.Key"/>; only the measurement when it is for all its series.</param>
/// <param name="WindowMs">Beginning of the window, Unix ms.</param>
/// <param name="Version">Which making of the note this is; given by the notes.</param>
public sealed record RollupNote(string Series, long WindowMs, long Version = 0);

/// <summary>How long values are kept, from their time on.</summary>
public sealed record RetentionOptions
{
    /// <summary>Values as they came, with their flags and the worker's own counters.</summary>
    public TimeSpan Raw { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Windows of one minute.</summary>
    public TimeSpan Minutes { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Windows of a quarter of an hour.</summary>
    public TimeSpan Quarters { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Windows of an hour; and commands, decisions, alarms, usage and states of actuators.</summary>
    public TimeSpan Hours { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>How long a level is kept; null: raw values.</summary>
    public TimeSpan Of(RollupLevel? level) => level?.Number switch { null => Raw, 1 => Minutes, 2 => Quarters, _ => Hours };
}
