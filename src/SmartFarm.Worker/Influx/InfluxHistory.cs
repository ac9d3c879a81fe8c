using System.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>Reads back by InfluxQL. Thread-safe. Throws <see cref="InfluxException"/>, with a sentence, when the database gives no answer.</summary>
public sealed class InfluxHistory(InfluxClient client) : IHistory
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        var answer = await client.QueryAsync(InfluxQlOf(query), cancellationToken);
        var history = new List<HistorySeries>(answer.Count);
        foreach (var series in answer)
        {
            if (series.Columns is not ["time", _])
            {
                throw new InfluxException($"{client.Options} does not answer InfluxQL, so there is no history to show.", 200);
            }

            history.Add(new HistorySeries(TagsOf(series), PointsOf(series)));
        }

        return history;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var answer = await client.QueryAsync(InfluxQlOf(query), cancellationToken);
        var rows = new List<RowSeries>(answer.Count);
        foreach (var series in answer)
        {
            if (series.Columns.Count != query.Fields.Count + 1 || series.Columns[0] != "time")
            {
                throw new InfluxException($"{client.Options} does not answer InfluxQL, so there is no history to show.", 200);
            }

            rows.Add(new RowSeries(TagsOf(series), [.. series.Rows.Reverse().Select(row => RowOf(query, row))]));
        }

        return rows;
    }

    internal static string InfluxQlOf(RowQuery query)
    {
        var text = new StringBuilder("SELECT ").AppendJoin(", ", query.Fields.Select(InfluxQl.Identifier));
        Where(text, query.Measurement, query.FromMs, query.ToMs, query.Tags);
        return text.Append(" GROUP BY * ORDER BY time DESC LIMIT ").Append(query.Newest).ToString();
    }

    internal static string InfluxQlOf(HistoryQuery query)
    {
        var field = InfluxQl.Identifier(query.Field);
        var text = new StringBuilder("SELECT ").Append(query.StepMs > 0 ? $"mean({field})" : field);
        Where(text, query.Measurement, query.FromMs, query.ToMs, query.Tags);
        text.Append(" GROUP BY ").Append(query.StepMs > 0 ? $"time({query.StepMs}ms), * fill(none)" : "*");
        return text.ToString();
    }

    private static void Where(StringBuilder text, string measurement, long fromMs, long toMs, IReadOnlyDictionary<string, string> tags)
    {
        text.Append(" FROM ").Append(InfluxQl.Identifier(measurement))
            .Append(" WHERE time >= ").Append(InfluxQl.Time(fromMs))
            .Append(" AND time < ").Append(InfluxQl.Time(toMs));
        foreach (var (tag, value) in tags)
        {
            text.Append(" AND ").Append(InfluxQl.Identifier(tag)).Append(" = ").Append(InfluxQl.Text(value));
        }
    }

    /// <summary>GROUP BY * gives every tag of the measurement, empty where the series has none.</summary>
    private static Dictionary<string, string> TagsOf(InfluxSeries series) => series.Tags.Where(tag => tag.Value.Length > 0).ToDictionary(StringComparer.Ordinal);

    private static HistoryRow RowOf(RowQuery query, InfluxValue[] row)
    {
        var (texts, numbers) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal));
        for (var i = 0; i < query.Fields.Count; i++)
        {
            switch (row[i + 1])
            {
                case { Kind: InfluxValueKind.Text, Text: { } text }:
                    texts[query.Fields[i]] = text;
                    break;
                case { Kind: InfluxValueKind.Number } cell:
                    numbers[query.Fields[i]] = cell.Number;
                    break;
            }
        }

        return new HistoryRow(row[0].Integer, texts, numbers);
    }

    private static List<HistoryPoint> PointsOf(InfluxSeries series)
    {
        var points = new List<HistoryPoint>(series.Rows.Count);
        foreach (var row in series.Rows)
        {
            if (row[1].Kind == InfluxValueKind.Number)
            {
                points.Add(new HistoryPoint(row[0].Integer, row[1].Number));
            }
        }

        return points;
    }
}
