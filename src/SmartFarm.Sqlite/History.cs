using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>Reads the points of the embedded store.</summary>
internal sealed class History(Readers readers, SqliteOptions options) : IHistory
{
    private const string Raw = "SELECT ts, value FROM points WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts";

    // The remainder of SQL has the sign of the time; this one is never negative, so that buckets before 1970 are aligned as well.
    private const string Means = """
        SELECT ts - (ts % ?4 + ?4) % ?4 AS bucket, avg(value) FROM points WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3
        GROUP BY bucket ORDER BY bucket
        """;

    public ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        readers.ReadLongAsync<IReadOnlyList<HistorySeries>>(connection => Read(connection, query), cancellationToken);

    private List<HistorySeries> Read(SqliteConnection connection, HistoryQuery query)
    {
        var answers = new List<HistorySeries>();
        var left = options.MaxHistoryPoints;
        using var statement = new Statement(connection.Handle!, query.StepMs > 0 ? Means : Raw);
        foreach (var (id, tags) in SeriesOf(connection, query))
        {
            statement.Set(1, id).Set(2, query.FromMs).Set(3, query.ToMs);
            if (query.StepMs > 0)
            {
                statement.Set(4, query.StepMs);
            }

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

        return answers;
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
