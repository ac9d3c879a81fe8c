using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The running numbers of devices, one row each. Written inside a transaction of the writer only.</summary>
internal sealed class SequenceTable(Writer writer)
{
    private readonly Statement _set = writer.Prepare("INSERT OR REPLACE INTO sequences (account, highest, seen, time_ms) VALUES (?1, ?2, ?3, ?4)");

    public void Set(Dictionary<string, SequenceWindow> sequences)
    {
        foreach (var (account, window) in sequences)
        {
            _set.Set(1, account).Set(2, window.Highest).Set(3, unchecked((long)window.Seen)).Set(4, window.TimeMs).Run();
        }
    }

    public static Dictionary<string, SequenceWindow> Read(Microsoft.Data.Sqlite.SqliteConnection connection)
    {
        using var rows = new Statement(connection.Handle!, "SELECT account, highest, seen, time_ms FROM sequences");
        var found = new Dictionary<string, SequenceWindow>(StringComparer.Ordinal);
        while (rows.Step())
        {
            found.Add(rows.Text(0), new SequenceWindow { Highest = rows.Long(1), Seen = unchecked((ulong)rows.Long(2)), TimeMs = rows.Long(3) });
        }

        return found;
    }
}
