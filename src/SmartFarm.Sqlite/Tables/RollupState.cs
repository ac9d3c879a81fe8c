using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>How far a series is rolled up and let go of, for readers.</summary>
internal sealed class RollupState(SqliteConnection connection) : IDisposable
{
    private readonly Statement _pruned = new(connection.Handle!, "SELECT until_ms FROM pruned WHERE series_id = ?1 AND level = ?2");

    private readonly Statement _dirty = new(connection.Handle!, """
        SELECT min(first), max(last) FROM (
          SELECT min(window_ms) AS first, max(window_ms) AS last FROM rollup_dirty WHERE series_id = ?1 AND level = ?2
          UNION ALL SELECT min(window_ms), max(window_ms) FROM rollup_dirty WHERE series_id = 0 AND level = ?2)
        """);

    /// <summary>Nothing older is kept of a level (null: raw values), Unix ms.</summary>
    public long PrunedUntil(long seriesId, RollupLevel? level)
    {
        _pruned.Set(1, seriesId).Set(2, level?.Number ?? 0);
        var until = _pruned.Step() ? _pruned.Long(0) : long.MinValue;
        _pruned.Reset();
        return until;
    }

    /// <summary>Of the windows up to a level that are still to be made: beginning of the first and end of the last, in windows of that level.</summary>
    public (long From, long To)? Dirty(long seriesId, RollupLevel level)
    {
        (long From, long To)? open = null;
        foreach (var finer in RollupLevel.All.Take(level.Number))
        {
            _dirty.Set(1, seriesId).Set(2, finer.Number);
            if (_dirty.Step() && !_dirty.IsNull(0))
            {
                var (from, to) = (level.StartOf(_dirty.Long(0)), level.StartOf(_dirty.Long(1)) + level.LengthMs);
                open = open is { } so ? (Math.Min(so.From, from), Math.Max(so.To, to)) : (from, to);
            }

            _dirty.Reset();
        }

        return open;
    }

    public void Dispose()
    {
        _pruned.Dispose();
        _dirty.Dispose();
    }
}
