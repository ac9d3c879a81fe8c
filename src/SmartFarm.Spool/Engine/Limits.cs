using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>Says no, in one sentence, before a commit that would be too much. Thread-safe.</summary>
internal sealed class Limits(string directory, SpoolOptions options, TimeProvider clock)
{
    private readonly FreeSpace _space = new(directory, directory, options.MinFreeBytes, options.FreeBytesOf);

    public bool HasRoom(Journal journal, long bytes) => journal.Bytes + bytes <= options.MaxBytes;

    /// <exception cref="StoreFullException">A limit is reached.</exception>
    public void Check(Journal journal, SpoolQueue queue, long bytes)
    {
        var oldest = queue.OldestMs;
        if (!HasRoom(journal, bytes))
        {
            throw new StoreFullException(oldest is null
                ? $"The spool is full: {journal.Bytes} bytes are not yet in the books, the limit is {options.MaxBytes}. Nothing more is acknowledged until they are: the log says what keeps smartfarm.db from being written."
                : $"The spool is full: {journal.Bytes} bytes wait for the database, the limit is {options.MaxBytes}. Nothing more is acknowledged until the database takes some: bring it back, or raise SmartFarm__Spool__MaxBytes.");
        }

        if (oldest is { } ms && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(ms) is var age && age > options.MaxAge)
        {
            throw new StoreFullException(
                $"The oldest row in the spool has waited for {age.TotalDays:0.0} days, the limit is {options.MaxAge.TotalDays:0.0}. Nothing more is acknowledged until the database takes some: bring it back, or raise SmartFarm__Spool__MaxAge.");
        }

        _space.Check();
    }
}
