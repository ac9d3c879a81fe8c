using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>
/// Keeps the quarantine within its limits: the oldest entries of whichever account has most in it go, so that one device which floods garbage
/// does not drive out what others sent. Goes a little below the limits, because to weigh the accounts it looks at every entry once. Used inside a
/// transaction of the writer only.
/// </summary>
internal sealed class QuarantineTrim(Writer writer, SqliteOptions options)
{
    private const int Slack = 20;

    // What an entry costs besides its bytes: a limit in entries is met by small ones, a limit in bytes by large ones.
    private const long Overhead = 512;
    private readonly Statement _isOver = writer.Prepare("SELECT quarantine_entries > ?1 OR quarantine_bytes > ?2 FROM totals");
    private readonly Statement _weigh = writer.Prepare("SELECT account, sum(bytes + ?1) FROM quarantine GROUP BY account");

    private readonly Statement _dropOldest = writer.Prepare(
        "DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE account = ?1 ORDER BY id LIMIT ?2) RETURNING bytes");

    private readonly Statement _countEvicted = writer.Prepare("""
        INSERT INTO ledger (account, received, stored, duplicate, quarantined, late, flagged, evicted) VALUES (?1, 0, 0, 0, 0, 0, 0, ?2)
        ON CONFLICT (account) DO UPDATE SET evicted = evicted + excluded.evicted
        """);

    /// <summary>Entries removed at a time: even the largest ones are no more than what may go below the limits.</summary>
    private long Chunk => Math.Clamp(Math.Min(options.MaxQuarantineEntries, options.MaxQuarantineBytes / (2 * QuarantineEntry.MaxPayload)) / Slack, 1, 64);

    /// <summary>Removes what is too much; says how many entries went.</summary>
    public int Run()
    {
        if (!IsOver(options.MaxQuarantineEntries, options.MaxQuarantineBytes))
        {
            return 0;
        }

        var accounts = Weigh();
        var (entries, bytes) = (options.MaxQuarantineEntries - (options.MaxQuarantineEntries / Slack), options.MaxQuarantineBytes - (options.MaxQuarantineBytes / Slack));
        var dropped = 0;
        while (IsOver(entries, bytes) && accounts.TryDequeue(out var account, out var weight))
        {
            var (left, gone) = (-weight, 0);
            _dropOldest.Set(1, account).Set(2, Chunk);
            while (_dropOldest.Step())
            {
                left -= _dropOldest.Long(0) + Overhead;
                gone++;
            }

            dropped += gone;
            _countEvicted.Set(1, account).Set(2, gone).Run();

            if (left > 0)
            {
                accounts.Enqueue(account, -left);
            }
        }

        return dropped;
    }

    private bool IsOver(long entries, long bytes) => _isOver.Set(1, entries).Set(2, bytes).Number() != 0;

    /// <summary>The accounts, the heaviest first.</summary>
    private PriorityQueue<string, long> Weigh()
    {
        var accounts = new PriorityQueue<string, long>();
        _weigh.Set(1, Overhead);
        while (_weigh.Step())
        {
            accounts.Enqueue(_weigh.Text(0), -_weigh.Long(1));
        }

        return accounts;
    }
}
