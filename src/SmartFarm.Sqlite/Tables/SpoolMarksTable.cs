using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>How far the journal was read. Written inside a transaction of the writer only.</summary>
internal sealed class SpoolMarksTable(Writer writer)
{
    private readonly Statement _set = writer.Prepare("""
        UPDATE spool_marks SET applied_segment = ?1, applied_offset = ?2, applied_batch = ?3,
          forwarded_segment = ?4, forwarded_offset = ?5, forwarded_batch = ?6, damaged = ?7, unknown = ?8
        """);

    public void Set(SpoolMarks marks)
    {
        _set.Set(1, marks.Applied.Segment).Set(2, marks.Applied.Offset).Set(3, marks.Applied.Batch);
        _set.Set(4, marks.Forwarded.Segment).Set(5, marks.Forwarded.Offset).Set(6, marks.Forwarded.Batch);
        _set.Set(7, marks.Damaged).Set(8, marks.Unknown).Run();
    }

    public static SpoolMarks Read(SqliteConnection connection)
    {
        using var row = new Statement(connection.Handle!, """
            SELECT applied_segment, applied_offset, applied_batch, forwarded_segment, forwarded_offset, forwarded_batch, damaged, unknown FROM spool_marks
            """);
        row.Step();
        return new SpoolMarks(
            new SpoolPosition(row.Long(0), row.Long(1), row.Long(2)), new SpoolPosition(row.Long(3), row.Long(4), row.Long(5)), row.Long(6), row.Long(7));
    }
}
