namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>
/// Every rule set that was published, and what was done with each. Nothing is ever changed in it: a version keeps its meaning, and the moves tell
/// who did what and why. Durable when a call returns. Thread-safe.
/// </summary>
public interface IRuleSetStore
{
    /// <summary>Publishes a rule set under the next number. Files that are published already keep their number, author and note.</summary>
    ValueTask<RuleSetHead> AddAsync(RuleSetFiles files, string author, string note, CancellationToken cancellationToken);

    /// <summary>The newest versions, newest first.</summary>
    ValueTask<IReadOnlyList<RuleSetHead>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>A version with its files, or null.</summary>
    ValueTask<RuleSet?> FindAsync(int version, CancellationToken cancellationToken);

    /// <summary>Notes something that was done.</summary>
    ValueTask MoveAsync(RuleSetMove move, CancellationToken cancellationToken);

    /// <summary>Everything that was done, oldest first.</summary>
    ValueTask<IReadOnlyList<RuleSetMove>> MovesAsync(CancellationToken cancellationToken);
}
