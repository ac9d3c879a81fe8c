using System.Buffers;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Lets InfluxDB sum up windows by InfluxQL, which all its versions answer, and writes them back as rows of <c>telemetry_1m</c> and so on.
/// Each level is made of the raw values, so that its mean is theirs. A window whose values are gone stays as it is. No continuous queries:
/// they see no late data, and 2.x and 3.x have none.
/// </summary>
public sealed partial class InfluxRollups(InfluxClient source, IPointSink sink, IRollupNotes notes, ILogger<InfluxRollups> log, ILogger<InfluxPointEncoder> encoderLog)
    : IRollups
{
    private const int MostNotes = 2_000;
    private static readonly string[] Functions = ["mean", "min", "max", "count"];
    private readonly InfluxPointEncoder _encoder = new(encoderLog);
    private readonly SeriesCatalog _catalog = new();

    /// <inheritdoc/>
    public async ValueTask<int> RollUpAsync(RollupLevel level, long endedByMs, CancellationToken cancellationToken)
    {
        var due = await notes.DueAsync(level, endedByMs, MostNotes, cancellationToken);
        foreach (var question in RollupQuestion.For(level, due))
        {
            var answer = await source.QueryAsync(question.InfluxQlOf(level), cancellationToken);
            await WriteAsync(answer.SelectMany(series => Points(level, series)).ToArray(), cancellationToken);
        }

        if (due.Count > 0)
        {
            await notes.DoneAsync(level, due, cancellationToken);
        }

        return due.Count;
    }

    private IEnumerable<Point> Points(RollupLevel level, InfluxSeries series)
    {
        var tags = series.Tags.Where(tag => tag.Value.Length > 0).Select(tag => (tag.Key, (string?)tag.Value)).ToArray();
        var rolled = _catalog.Get(level.Measurement(series.Name), tags);
        foreach (var row in series.Rows)
        {
            for (var column = 1; column < row.Length; column++)
            {
                var parts = series.Columns[column].Split('_', 2);
                if (row[column].Kind == InfluxValueKind.Number && parts.Length == 2 && Functions.Contains(parts[0]))
                {
                    yield return Point.Of(rolled, parts[0] == "mean" ? parts[1] : $"{parts[1]}_{parts[0]}", row[column].Number, row[0].Integer);
                }
            }
        }
    }

    private async ValueTask WriteAsync(Point[] points, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>();
        _encoder.Encode(points, lines);
        var result = await sink.WriteAsync(lines.WrittenMemory, cancellationToken);
        if (result.Kind == WriteKind.Keep)
        {
            throw new InfluxException(result.Reason, 0);
        }

        if (result.Refused.Count > 0)
        {
            Log.Refused(log, result.Refused.Count, result.Refused[0].Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Rows} rows of means were refused by the database, and are left out until their values come again: {Reason}")]
        public static partial void Refused(ILogger logger, int rows, string reason);
    }
}
