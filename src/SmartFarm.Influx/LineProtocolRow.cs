using System.Buffers.Text;

namespace SmartFarm.Influx;

/// <summary>The parts of one row of line protocol: what a row of a single field is cut out of.</summary>
/// <param name="Series">Measurement and tags, as sent.</param>
/// <param name="Fields">Each field as sent, <c>key=value</c>.</param>
/// <param name="Time">The time; empty when the row has none.</param>
public sealed record LineProtocolRow(ReadOnlyMemory<byte> Series, IReadOnlyList<ReadOnlyMemory<byte>> Fields, ReadOnlyMemory<byte> Time)
{
    /// <summary>The measurement, as sent.</summary>
    public ReadOnlySpan<byte> Measurement => Series.Span[..LineProtocolLines.EndOf(Series.Span, (byte)',')];

    /// <summary>The time of a row with times in milliseconds; null when it has none.</summary>
    public long? TimeMs => Utf8Parser.TryParse(Time.Span, out long time, out var used) && used == Time.Length ? time : null;

    /// <summary>The key of a field, as sent.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> field) => field[..LineProtocolLines.EndOf(field, (byte)'=')];

    /// <summary>Finds the parts; a row that is not well formed gives one field or none.</summary>
    /// <param name="row">One row, without its line feed.</param>
    public static LineProtocolRow Read(ReadOnlyMemory<byte> row)
    {
        var series = row[..LineProtocolLines.EndOfSeries(row.Span)];
        var rest = row[series.Length..];
        rest = rest.IsEmpty ? rest : rest[1..];
        var fields = new List<ReadOnlyMemory<byte>>();
        while (!rest.IsEmpty)
        {
            var (length, isLast) = LengthOfField(rest.Span);
            fields.Add(rest[..length]);
            rest = length < rest.Length ? rest[(length + 1)..] : default;
            if (isLast)
            {
                break;
            }
        }

        return new LineProtocolRow(series, fields, rest);
    }

    /// <summary>The row with some of its fields only, without a line feed.</summary>
    public byte[] With(IEnumerable<ReadOnlyMemory<byte>> fields)
    {
        var row = new List<byte>(Series.Length + 64);
        row.AddRange(Series.Span);
        var lead = (byte)' ';
        foreach (var field in fields)
        {
            row.Add(lead);
            row.AddRange(field.Span);
            lead = (byte)',';
        }

        if (!Time.IsEmpty)
        {
            row.Add((byte)' ');
            row.AddRange(Time.Span);
        }

        return [.. row];
    }

    private static (int Length, bool IsLast) LengthOfField(ReadOnlySpan<byte> fields)
    {
        var key = LineProtocolLines.EndOf(fields, (byte)'=');
        var inQuotes = false;
        for (var i = key + 1; i < fields.Length; i++)
        {
            switch (fields[i])
            {
                case (byte)'\\' when inQuotes:
                    i++;
                    break;
                case (byte)'"':
                    inQuotes = !inQuotes;
                    break;
                case (byte)',' when !inQuotes:
                    return (i, false);
                case (byte)' ' when !inQuotes:
                    return (i, true);
            }
        }

        return (fields.Length, true);
    }
}
