using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The fingerprints of the most recent commits, one row per commit, in the byte order of the machine.</summary>
internal sealed class FingerprintTable(Writer writer, SqliteOptions options)
{
    private readonly Statement _insert = writer.Prepare(
        "INSERT INTO fingerprints (upto, body) VALUES ((SELECT coalesce(max(upto), 0) FROM fingerprints) + ?1, ?2)");

    private readonly Statement _prune = writer.Prepare("DELETE FROM fingerprints WHERE upto <= (SELECT max(upto) FROM fingerprints) - ?1");

    /// <summary>For use inside a transaction of the writer only.</summary>
    public void Insert(ReadOnlySpan<ulong> fingerprints)
    {
        if (!fingerprints.IsEmpty)
        {
            _insert.Set(1, fingerprints.Length).Set(2, MemoryMarshal.AsBytes(fingerprints)).Run();
            _prune.Set(1, options.MaxFingerprints).Run();
        }
    }

    /// <summary>The last <paramref name="count"/>, newest last.</summary>
    public static IReadOnlyList<ulong> Last(SqliteConnection connection, int count)
    {
        using var newestFirst = new Statement(connection.Handle!, "SELECT body FROM fingerprints ORDER BY upto DESC");
        var found = new List<ulong>();
        while (found.Count < count && newestFirst.Step())
        {
            var body = MemoryMarshal.Cast<byte, ulong>(newestFirst.Blob(0));
            for (var i = body.Length - 1; i >= 0 && found.Count < count; i--)
            {
                found.Add(body[i]);
            }
        }

        found.Reverse();
        return found;
    }
}
