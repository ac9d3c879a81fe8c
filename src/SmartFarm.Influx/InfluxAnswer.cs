using System.Text.Json;

namespace SmartFarm.Influx;

/// <summary>Reads the JSON of <c>/query</c> in one pass, without a document in between.</summary>
internal ref struct InfluxAnswer
{
    private readonly List<InfluxSeries> _series = [];
    private Utf8JsonReader _reader;
    private string? _error;
    private bool _isCut;

    private InfluxAnswer(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json);

    /// <summary>Every series of every statement.</summary>
    /// <exception cref="InfluxException">The answer holds an error, is cut by the server, or is no answer.</exception>
    public static IReadOnlyList<InfluxSeries> Read(ReadOnlySpan<byte> json, InfluxOptions source)
    {
        var answer = new InfluxAnswer(json);
        try
        {
            answer._reader.Read();
            answer.ReadBody();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InfluxException($"{source} answers with something that is not InfluxDB's: check Url and Version.", 200, e);
        }

        return answer._error is { } error ? throw new InfluxException($"{source} refuses the query: {error}.", 200)
            : answer._isCut ? throw new InfluxException($"{source} cuts its answer short: ask for less time or longer steps.", 200)
            : answer._series;
    }

    /// <summary>The whole answer, and each of its results: errors are at either level.</summary>
    private void ReadBody()
    {
        Expect(JsonTokenType.StartObject);
        while (NextProperty() is { } name)
        {
            switch (name)
            {
                case "error":
                    _error ??= _reader.GetString();
                    break;
                case "partial":
                    _isCut |= _reader.GetBoolean();
                    break;
                case "results":
                    Expect(JsonTokenType.StartArray);
                    while (NextItem())
                    {
                        ReadBody();
                    }

                    break;
                case "series":
                    Expect(JsonTokenType.StartArray);
                    while (NextItem())
                    {
                        ReadSeries();
                    }

                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }
    }

    private void ReadSeries()
    {
        Expect(JsonTokenType.StartObject);
        var name = "";
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var columns = new List<string>();
        var rows = new List<InfluxValue[]>();
        while (NextProperty() is { } property)
        {
            switch (property)
            {
                case "name":
                    name = _reader.GetString() ?? "";
                    break;
                case "tags" when _reader.TokenType == JsonTokenType.StartObject:
                    while (NextProperty() is { } tag)
                    {
                        tags[tag] = _reader.GetString() ?? "";
                    }

                    break;
                case "columns":
                    Expect(JsonTokenType.StartArray);
                    while (NextItem())
                    {
                        columns.Add(_reader.GetString() ?? "");
                    }

                    break;
                case "values":
                    Expect(JsonTokenType.StartArray);
                    while (NextItem())
                    {
                        rows.Add(ReadRow(columns.Count));
                    }

                    break;
                case "partial":
                    _isCut |= _reader.GetBoolean();
                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }

        _series.Add(new InfluxSeries(name, tags, columns, rows));
    }

    private InfluxValue[] ReadRow(int width)
    {
        var row = new InfluxValue[width];
        var column = 0;
        Expect(JsonTokenType.StartArray);
        while (NextItem())
        {
            if (column < width)
            {
                row[column++] = ReadValue();
            }
            else
            {
                _reader.Skip();
            }
        }

        return row;
    }

    private InfluxValue ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.Number => new InfluxValue(InfluxValueKind.Number, _reader.GetDouble(), _reader.TryGetInt64(out var integer) ? integer : 0, null),
        JsonTokenType.String => new InfluxValue(InfluxValueKind.Text, 0, 0, _reader.GetString()),
        JsonTokenType.True => new InfluxValue(InfluxValueKind.Boolean, 1, 1, null),
        JsonTokenType.False => new InfluxValue(InfluxValueKind.Boolean, 0, 0, null),
        JsonTokenType.Null => default,
        _ => throw new JsonException("A cell holds neither a value nor null."),
    };

    private readonly void Expect(JsonTokenType type)
    {
        if (_reader.TokenType != type)
        {
            throw new JsonException($"{type} expected, not {_reader.TokenType}.");
        }
    }

    /// <summary>Moves to the value of the next property of the object that was begun; null at its end.</summary>
    private string? NextProperty()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var name = _reader.GetString();
        _reader.Read();
        return name;
    }

    /// <summary>Moves to the next item of the array that was begun; false at its end.</summary>
    private bool NextItem()
    {
        _reader.Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }
}
