using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;
using SQLitePCL;

namespace SmartFarm.Sqlite;

/// <summary>
/// The notes for a database behind. Each making of a note has a version, so that one made again while its window was being made stays.
/// Beyond the limit a window is noted for all series of its measurement at once.
/// </summary>
internal sealed class RollupNotes : IRollupNotes
{
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly SqliteOptions _options;
    private readonly Statement _insert;
    private readonly Statement _delete;
    private readonly Statement _count;
    private readonly Statement _newest;
    private long _waiting = -1;
    private long _version = -1;

    public RollupNotes(Writer writer, Readers readers, SqliteOptions options)
    {
        (_writer, _readers, _options) = (writer, readers, options);
        _insert = writer.Prepare("INSERT OR REPLACE INTO rollup_notes (level, window_ms, series, version) VALUES (?1, ?2, ?3, ?4)");
        _delete = writer.Prepare("DELETE FROM rollup_notes WHERE level = ?1 AND window_ms = ?2 AND series = ?3 AND version = ?4");
        _count = writer.Prepare("SELECT count(*) FROM rollup_notes");
        _newest = writer.Prepare("SELECT coalesce(max(version), 0) FROM rollup_notes");
        writer.RolledBack += () => _waiting = -1;
    }

    public ValueTask NoteAsync(IReadOnlyCollection<RollupNote> notes, CancellationToken cancellationToken) => _writer.WriteAsync(
        () =>
        {
            foreach (var note in notes)
            {
                Insert(RollupLevel.Minute, note.Series, note.WindowMs);
            }
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<RollupNote>> DueAsync(RollupLevel level, long endedByMs, int most, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<RollupNote>>(
            connection =>
            {
                using var rows = new Statement(
                    connection.Handle!, "SELECT series, window_ms, version FROM rollup_notes WHERE level = ?1 AND window_ms <= ?2 ORDER BY window_ms, series LIMIT ?3");
                var due = new List<RollupNote>();
                rows.Set(1, level.Number).Set(2, endedByMs - level.LengthMs).Set(3, most);
                while (rows.Step())
                {
                    due.Add(new RollupNote(rows.Text(0), rows.Long(1), rows.Long(2)));
                }

                return due;
            },
            cancellationToken);

    public ValueTask DoneAsync(RollupLevel level, IReadOnlyList<RollupNote> notes, CancellationToken cancellationToken) => _writer.WriteAsync(
        () =>
        {
            foreach (var note in notes)
            {
                _delete.Set(1, level.Number).Set(2, note.WindowMs).Set(3, note.Series).Set(4, note.Version).Run();
                if (level.Coarser is { } coarser)
                {
                    Insert(coarser, note.Series, coarser.StartOf(note.WindowMs));
                }
            }

            // A note that was there already counts as a change too, so the count is taken anew.
            _waiting = -1;
        },
        cancellationToken);

    private void Insert(RollupLevel level, string series, long windowMs)
    {
        if (_waiting < 0)
        {
            _waiting = _count.Number();
            _version = Math.Max(_version, _newest.Number());
        }

        var isRoom = _waiting < _options.MaxDirtyWindows;
        _insert.Set(1, level.Number).Set(2, windowMs).Set(3, isRoom ? series : series.Split(',')[0]).Set(4, ++_version).Run();
        _waiting += Changes();
    }

    private int Changes() => raw.sqlite3_changes(_writer.Connection.Handle!);
}
