using System.Buffers;
using System.Text;
using SmartFarm.Influx;

namespace SmartFarm.Tests.Influx;

/// <summary>Writes whole rows with the writer under test.</summary>
internal static class Rows
{
    /// <summary>The text of one row, or null when nothing was written; what was refused is named.</summary>
    public static string? Write(ParsedRow row, out List<string> refused)
    {
        refused = [];
        if (!LineProtocolSeries.TryEncode(row.Measurement, row.Tags, out var series, out _))
        {
            refused.Add("series");
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        var writer = new LineProtocolWriter(output);
        writer.Begin(series);
        foreach (var (key, value) in row.Fields)
        {
            var isWritten = value switch
            {
                double number => writer.TryFloat(key, number),
                long number => writer.TryInteger(key, number),
                bool truth => writer.TryBoolean(key, truth),
                _ => writer.TryText(key, (string)value),
            };
            if (!isWritten)
            {
                refused.Add(key);
            }
        }

        return writer.End(row.Time ?? 0) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }
}
