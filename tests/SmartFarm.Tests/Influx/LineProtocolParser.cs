using System.Globalization;
using System.Text;

namespace SmartFarm.Tests.Influx;

/// <summary>A row as a database reads it. A field value is a double, long, bool or string.</summary>
internal sealed record ParsedRow(string Measurement, List<KeyValuePair<string, string>> Tags, List<KeyValuePair<string, object>> Fields, long? Time)
{
    public string Canonical => string.Join('\u0001', [
        Measurement, .. Tags.Select(tag => $"{tag.Key}\u0002{tag.Value}"), "\u0003",
        .. Fields.Select(f => $"{f.Key}\u0002{f.Value.GetType().Name}\u0002{Exact(f.Value)}"), $"{Time}",
    ]);

    private static string Exact(object value) => value is double number ? BitConverter.DoubleToInt64Bits(number).ToString("x") : $"{value}";
}

/// <summary>Reads one line of line protocol, from its specification, to judge the writer by.</summary>
internal sealed class LineProtocolParser(string line)
{
    private int _at;

    public static ParsedRow Parse(string line) => new LineProtocolParser(line).Row();

    private ParsedRow Row()
    {
        var row = new ParsedRow(Name(", "), [], [], null);
        while (Next() == ',')
        {
            _at++;
            row.Tags.Add(KeyValuePair.Create(Name(",= "), After('=', () => Name(",= "))));
        }

        do
        {
            _at++;
            row.Fields.Add(KeyValuePair.Create(Name(",= "), After('=', Value)));
        }
        while (Next() == ',');

        return row with { Time = _at < line.Length ? After<long?>(' ', () => long.Parse(line.AsSpan(_at), CultureInfo.InvariantCulture)) : null };
    }

    private char Next() => _at < line.Length ? line[_at] : '\0';

    private T After<T>(char expected, Func<T> read)
    {
        if (Next() != expected)
        {
            throw new FormatException($"'{expected}' expected at {_at} of: {line}");
        }

        _at++;
        return read();
    }

    /// <summary>A name up to the first special character that no backslash precedes.</summary>
    private string Name(string special)
    {
        var name = new StringBuilder();
        for (; _at < line.Length && !special.Contains(line[_at]); _at++)
        {
            if (line[_at] == '\n')
            {
                throw new FormatException($"The row ends at {_at} of: {line}");
            }

            if (line[_at] == '\\' && _at + 1 < line.Length && special.Contains(line[_at + 1]))
            {
                _at++;
            }

            name.Append(line[_at]);
        }

        return name.Length > 0 ? name.ToString() : throw new FormatException($"A name is missing at {_at} of: {line}");
    }

    private object Value()
    {
        if (Next() == '"')
        {
            return Text();
        }

        var end = line.AsSpan(_at).IndexOfAny(", ") is var found and >= 0 ? _at + found : line.Length;
        var token = line[_at..end];
        _at = end;
        return token switch
        {
            "t" or "T" or "true" or "True" or "TRUE" => true,
            "f" or "F" or "false" or "False" or "FALSE" => false,
            [.. var digits, 'i'] => long.Parse(digits, CultureInfo.InvariantCulture),
            _ => double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (_at++; Next() != '"'; _at++)
        {
            if (_at >= line.Length)
            {
                throw new FormatException($"A text does not end: {line}");
            }

            if (line[_at] == '\\' && _at + 1 < line.Length && line[_at + 1] is '"' or '\\')
            {
                _at++;
            }

            text.Append(line[_at]);
        }

        _at++;
        return text.ToString();
    }
}
