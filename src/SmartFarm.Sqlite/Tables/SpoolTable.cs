using SmartFarm.Domain.Text;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The chunks that wait, written side. Used inside a transaction of the writer only.</summary>
internal sealed class SpoolTable(Writer writer, SqliteOptions options, TimeProvider time)
{
    private readonly Statement _bytes = writer.Prepare("SELECT spool_bytes FROM totals");
    private readonly Statement _insert = writer.Prepare("INSERT INTO spool (created_ms, points, checksum, body) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement _remove = writer.Prepare("DELETE FROM spool WHERE id <= ?1");
    private readonly Statement _countDamaged = writer.Prepare("UPDATE totals SET spool_damaged = spool_damaged + 1");

    public static long Checksum(ReadOnlySpan<byte> body) => (long)Fingerprint.Of(body);

    /// <exception cref="StoreFullException">The spool is at its limit.</exception>
    public void Insert(ReadOnlySpan<byte> body, int points)
    {
        var waiting = _bytes.Number();
        if (waiting + body.Length > options.MaxSpoolBytes)
        {
            throw new StoreFullException(
                $"The spool is full: {waiting} bytes wait for the database, the limit is {options.MaxSpoolBytes}. Nothing more is acknowledged until the database takes some: bring it back, or raise the limit.");
        }

        _insert.Set(1, time.GetUtcNow().ToUnixTimeMilliseconds()).Set(2, points).Set(3, Checksum(body)).Set(4, body).Run();
    }

    public void RemoveUpTo(long id) => _remove.Set(1, id).Run();

    public void CountDamaged() => _countDamaged.Run();
}
