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

            // GROUP BY * gives every tag of the measurement, empty where the series has none.
            var tags = series.Tags.Where(tag => tag.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
            history.Add(new HistorySeries(tags, PointsOf(series)));
        }

        return history;
    }

    internal static string InfluxQlOf(HistoryQuery query)
    {
        var field = InfluxQl.Identifier(query.Field);
        var text = new StringBuilder("SELECT ")
            .Append(query.StepMs > 0 ? $"mean({field})" : field)
            .Append(" FROM ").Append(InfluxQl.Identifier(query.Measurement))
            .Append(" WHERE time >= ").Append(InfluxQl.Time(query.FromMs))
            .Append(" AND time < ").Append(InfluxQl.Time(query.ToMs));
        foreach (var (tag, value) in query.Tags)
        {
            text.Append(" AND ").Append(InfluxQl.Identifier(tag)).Append(" = ").Append(InfluxQl.Text(value));
        }

        text.Append(" GROUP BY ").Append(query.StepMs > 0 ? $"time({query.StepMs}ms), * fill(none)" : "*");
        return text.ToString();
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
