using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;
using SQLitePCL;

namespace SmartFarm.Sqlite;

/// <summary>
/// Lets go of what is too old: an hour of a series at a time, a few thousand rows per transaction. Free pages are used by what comes next.
/// Values of which a window is still to be made stay, and windows stay as long as what they are made of.
/// </summary>
internal sealed class Retention(Writer writer, Readers readers, PrunedTable pruned) : IRetention
{
    private const int MostRowsAtOnce = 4_000;
    private static readonly string[] Tables = ["points", "texts", .. RollupLevel.All.Select(RollupTables.TableOf)];
    private static readonly string[] KeptLong = [Schema.Actuator, Schema.Command, Schema.Decision, Schema.Arbitration, Schema.Shadow, Schema.Alarm, Schema.Usage];
    private readonly Statement _isDirty = writer.Prepare("SELECT EXISTS (SELECT 1 FROM rollup_dirty WHERE series_id IN (?1, 0) AND window_ms < ?2)");
    private readonly Dictionary<string, Statement> _delete = Tables.ToDictionary(
        table => table, table => writer.Prepare($"DELETE FROM {table} WHERE series_id = ?1 AND ts < ?2"), StringComparer.Ordinal);

    private readonly Queue<Candidate> _waiting = new();

    public async ValueTask<int> PruneAsync(RetentionOptions options, long nowMs, CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            foreach (var candidate in await readers.ReadLongAsync(connection => Find(connection, options, nowMs), cancellationToken))
            {
                _waiting.Enqueue(candidate);
            }
        }

        var rows = 0;
        await writer.WriteAsync(
            () =>
            {
                while (rows < MostRowsAtOnce && _waiting.TryDequeue(out var candidate))
                {
                    rows += Prune(candidate);
                }
            },
            cancellationToken);
        return rows;
    }

    private static List<Candidate> Find(SqliteConnection connection, RetentionOptions options, long nowMs)
    {
        var found = new List<Candidate>();
        using var all = new Statement(connection.Handle!, "SELECT id, measurement, kind FROM series");
        var oldest = Tables.ToDictionary(
            table => table, table => new Statement(connection.Handle!, $"SELECT ts FROM {table} WHERE series_id = ?1 ORDER BY ts LIMIT 1"), StringComparer.Ordinal);
        while (all.Step())
        {
            var (id, measurement) = (all.Long(0), all.Text(1));
            var isRolledUp = all.Long(2) == SeriesTable.Number && RollupLevel.Measurements.Contains(measurement);
            Look(all.Long(2) == SeriesTable.Text ? "texts" : "points", null, KeptLong.Contains(measurement) ? options.Hours : options.Raw);
            foreach (var level in isRolledUp ? RollupLevel.All : [])
            {
                Look(RollupTables.TableOf(level), level, options.Of(level));
            }

            void Look(string table, RollupLevel? level, TimeSpan kept)
            {
                var cut = RollupLevel.Hour.StartOf(nowMs - (long)kept.TotalMilliseconds);
                var first = oldest[table].Set(1, id);
                if (first.Step() && first.Long(0) < cut)
                {
                    found.Add(new Candidate(table, level, id, isRolledUp, first.Long(0), cut));
                }

                first.Reset();
            }
        }

        foreach (var statement in oldest.Values)
        {
            statement.Dispose();
        }

        return found;
    }

    private int Prune(Candidate candidate)
    {
        var until = Math.Min(candidate.CutMs, RollupLevel.Hour.StartOf(candidate.OldestMs) + RollupLevel.Hour.LengthMs);
        if (candidate.IsRolledUp)
        {
            var mayGo = candidate.Level is null || until <= pruned.Until(candidate.SeriesId, candidate.Level.Finer);
            if (!mayGo || _isDirty.Set(1, candidate.SeriesId).Set(2, until).Number() == 1)
            {
                return 0;
            }

            pruned.Set(candidate.SeriesId, candidate.Level, Math.Max(until, pruned.Until(candidate.SeriesId, candidate.Level)));
        }

        _delete[candidate.Table].Set(1, candidate.SeriesId).Set(2, until).Run();
        return raw.sqlite3_changes(writer.Connection.Handle!);
    }

    private sealed record Candidate(string Table, RollupLevel? Level, long SeriesId, bool IsRolledUp, long OldestMs, long CutMs);
}
