using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>Reads the points of the embedded store, and for long steps and old times the windows that were made of them.</summary>
internal sealed class History(Readers readers, SqliteOptions options) : IHistory
{
    private const string Raw = "SELECT ts, value FROM points WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts";

    // The remainder of SQL has the sign of the time; this one is never negative, so that buckets before 1970 are aligned as well.
    private const string Bucket = "ts - (ts % ?4 + ?4) % ?4";

    private const string Means = $"SELECT {Bucket} AS bucket, avg(value) FROM points WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3 GROUP BY bucket ORDER BY bucket";

    public ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        readers.ReadLongAsync<IReadOnlyList<HistorySeries>>(connection => Read(connection, query), cancellationToken);

    public ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken) =>
        readers.ReadLongAsync<IReadOnlyList<RowSeries>>(connection => HistoryRows.Read(connection, query, options.MaxHistoryPoints), cancellationToken);

    private List<HistorySeries> Read(SqliteConnection connection, HistoryQuery query)
    {
        var answers = new List<HistorySeries>();
        var left = options.MaxHistoryPoints;
        using var state = new RollupState(connection);
        var statements = new Dictionary<string, Statement>(StringComparer.Ordinal);
        try
        {
            foreach (var (id, tags) in SeriesOf(connection, query))
            {
                var segments = HistorySegments.Choose(query, level => state.PrunedUntil(id, level), level => state.Dirty(id, level));
                if (segments.Count == 0)
                {
                    continue;
                }

                var sql = SqlOf(segments, query.StepMs);
                var statement = statements.TryGetValue(sql, out var known) ? known : statements[sql] = new Statement(connection.Handle!, sql);
                Bind(statement, id, segments, query.StepMs);
                var points = new List<HistoryPoint>();
                while (statement.Step())
                {
                    points.Add(new HistoryPoint(statement.Long(0), statement.Double(1)));
                    if (--left < 0)
                    {
                        throw new StoreException($"The answer would have more than {options.MaxHistoryPoints} values: ask for a shorter time or a longer step.");
                    }
                }

                if (points.Count > 0)
                {
                    answers.Add(new HistorySeries(tags, points));
                }
            }
        }
        finally
        {
            foreach (var statement in statements.Values)
            {
                statement.Dispose();
            }
        }

        return answers;
    }

    private static string SqlOf(List<HistorySegment> segments, long stepMs)
    {
        if (segments is [{ Level: null }])
        {
            return stepMs > 0 ? Means : Raw;
        }

        var rows = string.Join(" UNION ALL ", segments.Select((segment, i) =>
            $"SELECT ts, {(segment.Level is null ? "value AS total, 1 AS n" : "mean * count AS total, count AS n")} FROM {RollupTables.TableOf(segment.Level)} WHERE series_id = ?1 AND ts >= ?{(2 * i) + 5} AND ts < ?{(2 * i) + 6}"));
        return stepMs > 0
            ? $"SELECT {Bucket} AS bucket, sum(total) / sum(n) FROM ({rows}) GROUP BY bucket ORDER BY bucket"
            : $"SELECT ts, total / n FROM ({rows}) ORDER BY ts";
    }

    private static void Bind(Statement statement, long id, List<HistorySegment> segments, long stepMs)
    {
        statement.Set(1, id);
        if (segments is [{ Level: null } only])
        {
            statement.Set(2, only.FromMs).Set(3, only.ToMs);
        }
        else
        {
            for (var i = 0; i < segments.Count; i++)
            {
                statement.Set((2 * i) + 5, segments[i].FromMs).Set((2 * i) + 6, segments[i].ToMs);
            }
        }

        if (stepMs > 0)
        {
            statement.Set(4, stepMs);
        }
    }

    private static List<(long Id, Dictionary<string, string> Tags)> SeriesOf(SqliteConnection connection, HistoryQuery query)
    {
        var sql = new StringBuilder("SELECT id, tags FROM series WHERE measurement = ?1 AND field = ?2 AND kind = ?3");
        for (var i = 0; i < query.Tags.Count; i++)
        {
            sql.Append($" AND tags ->> ?{(2 * i) + 4} = ?{(2 * i) + 5}");
        }

        using var statement = new Statement(connection.Handle!, sql.Append(" ORDER BY key").ToString());
        statement.Set(1, query.Measurement).Set(2, query.Field).Set(3, SeriesTable.Number);
        var index = 4;
        foreach (var (name, value) in query.Tags)
        {
            statement.Set(index++, name).Set(index++, value);
        }

        var found = new List<(long, Dictionary<string, string>)>();
        while (statement.Step())
        {
            found.Add((statement.Long(0), JsonSerializer.Deserialize<Dictionary<string, string>>(statement.Text(1))!));
        }

        return found;
    }
}
