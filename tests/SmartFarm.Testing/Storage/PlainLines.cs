using System.Buffers;
using System.Globalization;
using System.Text;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Testing.Storage;

/// <summary>One line per point, <c>series|field|time|value</c>: enough to spool points and to know them again.</summary>
public sealed class PlainLines : IPointEncoder
{
    public void Encode(ReadOnlySpan<Point> points, IBufferWriter<byte> output)
    {
        foreach (var point in points)
        {
            output.Write(Encoding.UTF8.GetBytes($"{point.Series.Key}|{point.Field}|{point.TimeMs}|{ValueOf(point)}\n"));
        }
    }

    /// <summary>What a database has after taking the lines: a later line replaces an earlier one of the same series, field and time.</summary>
    public static void Write(ReadOnlyMemory<byte> lines, Dictionary<(string Series, string Field, long TimeMs), string> database)
    {
        foreach (var line in Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|');
            database[(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture))] = parts[3];
        }
    }

    public static string ValueOf(in Point point) => point.Text ?? point.Number.ToString("R", CultureInfo.InvariantCulture);
}
