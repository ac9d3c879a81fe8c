using System.Buffers;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>
/// Turns points into line protocol. What a series begins with is encoded once and kept, so that nothing is allocated per point.
/// A point that line protocol cannot express (no name of ours, no finite number) is counted and logged. One caller at a time.
/// </summary>
public sealed partial class InfluxPointEncoder(ILogger<InfluxPointEncoder> logger) : IPointEncoder
{
    private static readonly byte[] Unsayable = [];
    private byte[]?[] _series = [];
    private long _refused;

    /// <summary>Points that could not be expressed and are in no line.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<Point> points, IBufferWriter<byte> output)
    {
        var writer = new LineProtocolWriter(output);
        while (points.Length > 0)
        {
            var length = LengthOfRow(points);
            WriteRow(ref writer, points[..length]);
            points = points[length..];
        }
    }

    /// <summary>How many points share the first row: neighbours with the same series and time. A field given twice begins a new row, so that the later one wins.</summary>
    private static int LengthOfRow(ReadOnlySpan<Point> points)
    {
        ref readonly var first = ref points[0];
        for (var i = 1; i < points.Length; i++)
        {
            ref readonly var next = ref points[i];
            if (!ReferenceEquals(next.Series, first.Series) || next.TimeMs != first.TimeMs || Holds(points[..i], next.Field))
            {
                return i;
            }
        }

        return points.Length;
    }

    private static bool Holds(ReadOnlySpan<Point> row, string field)
    {
        foreach (ref readonly var point in row)
        {
            if (point.Field == field)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryWriteField(ref LineProtocolWriter writer, in Point point) => point.Kind switch
    {
        FieldKind.Float => writer.TryFloat(point.Field, point.Number),
        FieldKind.Integer => writer.TryInteger(point.Field, (long)point.Number),
        _ => writer.TryText(point.Field, point.Text),
    };

    private void WriteRow(ref LineProtocolWriter writer, ReadOnlySpan<Point> row)
    {
        var series = SeriesOf(row[0].Series);
        if (series.Length == 0)
        {
            Interlocked.Add(ref _refused, row.Length);
            return;
        }

        writer.Begin(series);
        foreach (ref readonly var point in row)
        {
            if (!TryWriteField(ref writer, point))
            {
                Interlocked.Increment(ref _refused);
                Log.PointRefused(logger, point.Series, point.Field, point.Number);
            }
        }

        writer.End(row[0].TimeMs);
    }

    private byte[] SeriesOf(Series series)
    {
        if (series.Id < _series.Length && _series[series.Id] is { } known)
        {
            return known;
        }

        if (series.Id >= _series.Length)
        {
            Array.Resize(ref _series, Math.Max(series.Id + 1, _series.Length * 2));
        }

        if (!LineProtocolSeries.TryEncode(series.Measurement, series.Tags, out var bytes, out var problem))
        {
            Log.SeriesRefused(logger, problem);
        }

        return _series[series.Id] = bytes ?? Unsayable;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Problem} None of its points will reach InfluxDB: rename what is named so in the farm's configuration.")]
        public static partial void SeriesRefused(ILogger logger, string problem);

        [LoggerMessage(2, LogLevel.Error, "Field {Field} of {Series} is not sent to InfluxDB: {Number} is not a finite number, or the field's name cannot be written.")]
        public static partial void PointRefused(ILogger logger, Series series, string field, double number);
    }
}
