using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;
using SQLitePCL;

namespace SmartFarm.Sqlite.Tables;

/// <summary>
/// The windows of the embedded store that have to be made anew. Noted in the transaction of the values themselves. Bounded: beyond the
/// limit a window is noted for all series at once, which costs work later and loses nothing. Used inside a transaction of the writer only.
/// </summary>
internal sealed class DirtyWindows
{
    /// <summary>Stands for all series.</summary>
    public const long AllSeries = 0;

    private readonly Writer _writer;
    private readonly SqliteOptions _options;
    private readonly Statement _insert;
    private readonly Statement _delete;
    private readonly Statement _count;
    private readonly Statement _due;
    private readonly Statement _expand;
    private long _waiting = -1;
    private int _version = 1;

    public DirtyWindows(Writer writer, SqliteOptions options)
    {
        (_writer, _options) = (writer, options);
        _insert = writer.Prepare("INSERT OR IGNORE INTO rollup_dirty (level, window_ms, series_id) VALUES (?1, ?2, ?3)");
        _delete = writer.Prepare("DELETE FROM rollup_dirty WHERE level = ?1 AND window_ms = ?2 AND series_id = ?3");
        _count = writer.Prepare("SELECT count(*) FROM rollup_dirty");
        _due = writer.Prepare("SELECT window_ms, series_id FROM rollup_dirty WHERE level = ?1 AND window_ms <= ?2 ORDER BY window_ms, series_id LIMIT ?3");
        _expand = writer.Prepare($"""
            INSERT OR IGNORE INTO rollup_dirty (level, window_ms, series_id) SELECT ?1, ?2, id FROM series
            WHERE kind = {SeriesTable.Number} AND measurement IN ({string.Join(", ", RollupLevel.Measurements.Select(m => $"'{m}'"))})
            """);
        writer.RolledBack += () => (_waiting, _version) = (-1, _version + 1);
    }

    /// <summary>Notes the finest window that a value is in.</summary>
    public void Note(KnownSeries series, long timeMs)
    {
        var window = RollupLevel.Minute.StartOf(timeMs);
        if (series.Noted != (window, _version))
        {
            Note(RollupLevel.Minute, window, series.Id);
            series.Noted = (window, _version);
        }
    }

    public void Note(RollupLevel level, long windowMs, long seriesId)
    {
        if (_waiting < 0)
        {
            _waiting = _count.Number();
        }

        _insert.Set(1, level.Number).Set(2, windowMs).Set(3, _waiting < _options.MaxDirtyWindows ? seriesId : AllSeries).Run();
        _waiting += raw.sqlite3_changes(_writer.Connection.Handle!);
    }

    /// <summary>The oldest windows that ended by then. Whatever comes from now on is noted anew.</summary>
    public List<(long WindowMs, long SeriesId)> Due(RollupLevel level, long endedByMs, int most)
    {
        _version++;
        var due = new List<(long, long)>();
        _due.Set(1, level.Number).Set(2, endedByMs - level.LengthMs).Set(3, most);
        while (_due.Step())
        {
            due.Add((_due.Long(0), _due.Long(1)));
        }

        return due;
    }

    /// <summary>Notes a window of all series for each series by itself.</summary>
    public void Expand(RollupLevel level, long windowMs)
    {
        _expand.Set(1, level.Number).Set(2, windowMs).Run();
        _waiting = -1;
    }

    public void Done(RollupLevel level, long windowMs, long seriesId)
    {
        _delete.Set(1, level.Number).Set(2, windowMs).Set(3, seriesId).Run();
        _waiting--;
    }
}
