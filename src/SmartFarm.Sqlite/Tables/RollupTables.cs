using SmartFarm.Pipeline.Rollup;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite.Tables;

/// <summary>The windows of one level, made from the level below. Used inside a transaction of the writer only.</summary>
internal sealed class RollupTables
{
    private readonly Statement _make;
    private readonly Statement _present;
    private readonly Statement _write;
    private readonly Statement _empty;

    public RollupTables(Writer writer, RollupLevel level)
    {
        Level = level;
        var source = TableOf(level.Finer);

        // The mean of means is weighted by their counts: a quarter with one silent minute is not the mean of its minutes.
        var columns = level.Finer is null ? "avg(value), min(value), max(value), count(*)" : "sum(mean * count) / sum(count), min(min), max(max), sum(count)";
        _make = writer.Prepare($"SELECT {columns} FROM {source} WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3");
        _present = writer.Prepare($"SELECT mean, min, max, count FROM {TableOf(level)} WHERE series_id = ?1 AND ts = ?2");
        _write = writer.Prepare($"INSERT OR REPLACE INTO {TableOf(level)} (series_id, ts, mean, min, max, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _empty = writer.Prepare($"DELETE FROM {source} WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3");
    }

    public RollupLevel Level { get; }

    /// <summary>The table of a level; of raw values for null.</summary>
    public static string TableOf(RollupLevel? level) => level is null ? "points" : $"rollup_{level.Name}";

    /// <summary>Makes a window anew of all that it is made of.</summary>
    public void Make(long seriesId, long windowMs)
    {
        if (Read(_make.Set(1, seriesId).Set(2, windowMs).Set(3, windowMs + Level.LengthMs)) is { } made)
        {
            Write(seriesId, windowMs, made);
        }
    }

    /// <summary>Adds to a window what came after that which it was made of was let go of, and lets go of this too, so that it is added once.</summary>
    public void Add(long seriesId, long windowMs)
    {
        if (Read(_make.Set(1, seriesId).Set(2, windowMs).Set(3, windowMs + Level.LengthMs)) is { } late)
        {
            Write(seriesId, windowMs, Read(_present.Set(1, seriesId).Set(2, windowMs)) is { } present ? present.With(late) : late);
            _empty.Set(1, seriesId).Set(2, windowMs).Set(3, windowMs + Level.LengthMs).Run();
        }
    }

    private static Window? Read(Statement statement)
    {
        if (!statement.Step())
        {
            return null;
        }

        var window = new Window(statement.Double(0), statement.Double(1), statement.Double(2), statement.Long(3));
        statement.Reset();

        // The sum of values near the largest double is none; their mean lies between the extremes.
        return window.Count == 0 ? null
            : double.IsFinite(window.Mean) ? window
            : window with { Mean = (window.Min / 2) + (window.Max / 2) };
    }

    private void Write(long seriesId, long windowMs, Window window) =>
        _write.Set(1, seriesId).Set(2, windowMs).Set(3, window.Mean).Set(4, window.Min).Set(5, window.Max).Set(6, window.Count).Run();

    private readonly record struct Window(double Mean, double Min, double Max, long Count)
    {
        public Window With(Window other) => new(
            ((Mean * Count) + (other.Mean * other.Count)) / (Count + other.Count), Math.Min(Min, other.Min), Math.Max(Max, other.Max), Count + other.Count);
    }
}
