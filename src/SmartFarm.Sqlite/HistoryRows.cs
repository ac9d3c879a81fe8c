using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>Puts rows together again: the embedded store keeps every field of a row by itself.</summary>
internal static class HistoryRows
{
    private const string Numbers = "SELECT ts, value FROM points WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts DESC LIMIT ?4";
    private const string Texts = "SELECT ts, value FROM texts WHERE series_id = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts DESC LIMIT ?4";

    /// <exception cref="StoreException">The answer would have more than <paramref name="most"/> values.</exception>
    public static List<RowSeries> Read(SqliteConnection connection, RowQuery query, int most)
    {
        using var numbers = new Statement(connection.Handle!, Numbers);
        using var texts = new Statement(connection.Handle!, Texts);
        var (left, answers) = (most, new List<RowSeries>());
        foreach (var fields in FieldsOf(connection, query).GroupBy(f => f.Key, StringComparer.Ordinal))
        {
            // The newest rows have only fields that are among the newest of theirs.
            var rows = new SortedDictionary<long, HistoryRow>();
            foreach (var field in fields)
            {
                var statement = (field.IsText ? texts : numbers).Set(1, field.Id).Set(2, query.FromMs).Set(3, query.ToMs).Set(4, query.Newest);
                while (statement.Step())
                {
                    Put(rows, statement, field);
                    if (--left < 0)
                    {
                        statement.Reset();
                        throw new StoreException($"The answer would have more than {most} values: ask for a shorter time or fewer rows.");
                    }
                }
            }

            if (rows.Count > 0)
            {
                answers.Add(new RowSeries(fields.First().Tags(), [.. rows.Values.TakeLast(query.Newest)]));
            }
        }

        return answers;
    }

    private static void Put(SortedDictionary<long, HistoryRow> rows, Statement statement, Field field)
    {
        var timeMs = statement.Long(0);
        if (!rows.TryGetValue(timeMs, out var row))
        {
            rows.Add(timeMs, row = new HistoryRow(timeMs, new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal)));
        }

        if (field.IsText)
        {
            ((Dictionary<string, string>)row.Texts)[field.Name] = statement.Text(1);
        }
        else
        {
            ((Dictionary<string, double>)row.Numbers)[field.Name] = statement.Double(1);
        }
    }

    private static List<Field> FieldsOf(SqliteConnection connection, RowQuery query)
    {
        var sql = new StringBuilder("SELECT id, key, tags, field, kind FROM series WHERE measurement = ?1 AND field IN (");
        sql.AppendJoin(", ", query.Fields.Select((_, i) => $"?{i + 2}")).Append(')');
        for (var i = 0; i < query.Tags.Count; i++)
        {
            var first = query.Fields.Count + (2 * i) + 2;
            sql.Append($" AND tags ->> ?{first} = ?{first + 1}");
        }

        using var statement = new Statement(connection.Handle!, sql.Append(" ORDER BY key").ToString());
        statement.Set(1, query.Measurement);
        var index = 2;
        foreach (var value in query.Fields.Concat(query.Tags.SelectMany(tag => new[] { tag.Key, tag.Value })))
        {
            statement.Set(index++, value);
        }

        var found = new List<Field>();
        while (statement.Step())
        {
            found.Add(new Field(statement.Long(0), statement.Text(1), statement.Text(2), statement.Text(3), statement.Long(4) == SeriesTable.Text));
        }

        return found;
    }

    private sealed record Field(long Id, string Key, string TagsJson, string Name, bool IsText)
    {
        public Dictionary<string, string> Tags() => JsonSerializer.Deserialize<Dictionary<string, string>>(TagsJson)!;
    }
}
