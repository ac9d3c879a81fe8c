using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>Up to when each series is let go of, by level. Used inside a transaction of the writer only.</summary>
internal sealed class PrunedTable(Writer writer)
{
    private readonly Statement _read = writer.Prepare("SELECT until_ms FROM pruned WHERE series_id = ?1 AND level = ?2");
    private readonly Statement _write = writer.Prepare("INSERT OR REPLACE INTO pruned (series_id, level, until_ms) VALUES (?1, ?2, ?3)");

    /// <summary>Nothing older is kept, Unix ms; <see cref="long.MinValue"/> when all is.</summary>
    /// <param name="seriesId">The series.</param>
    /// <param name="level">The level; null for raw values.</param>
    public long Until(long seriesId, RollupLevel? level)
    {
        _read.Set(1, seriesId).Set(2, level?.Number ?? 0);
        var until = _read.Step() ? _read.Long(0) : long.MinValue;
        _read.Reset();
        return until;
    }

    public void Set(long seriesId, RollupLevel? level, long untilMs) => _write.Set(1, seriesId).Set(2, level?.Number ?? 0).Set(3, untilMs).Run();
}
