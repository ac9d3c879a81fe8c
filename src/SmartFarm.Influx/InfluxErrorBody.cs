using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SmartFarm.Influx;

/// <summary>The body of an answer that is no success: <c>{"error":…}</c> (1.x, 3.x), <c>{"code":…,"message":…}</c> (2.x), or something else's page.</summary>
/// <param name="Message">What it says, in one line.</param>
/// <param name="IsJson">Whether it has the shape of a database's own answer, and is not that of a proxy or another server.</param>
/// <param name="BadRows">Numbers of the rows that version 3 names, from 0; null when it names none.</param>
internal readonly record struct InfluxErrorBody(string Message, bool IsJson, IReadOnlyList<int>? BadRows = null)
{
    private const int MaxMessage = 400;

    private static readonly SearchValues<string> WordsAboutRows = SearchValues.Create(
        ["partial write", "unable to parse", "failed to parse", "line protocol", "type conflict", "retention policy", "limit exceeded", "out of range",
            "invalid tag", "invalid field", "schema"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the words are those of a database that refuses rows, and not a request.</summary>
    public bool IsAboutRows => Message.AsSpan().ContainsAny(WordsAboutRows);

    public static InfluxErrorBody Read(ReadOnlySpan<byte> body)
    {
        if (TryReadJson(body, out var message, out var badRows))
        {
            return new InfluxErrorBody(OneLine(message), true, badRows);
        }

        var text = OneLine(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxMessage)]));
        return new InfluxErrorBody(text.StartsWith('<') ? "a web page" : text, false);
    }

    private static bool TryReadJson(ReadOnlySpan<byte> body, out string message, out IReadOnlyList<int>? badRows)
    {
        (message, badRows) = ("", null);
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("message"u8);
                var isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isMessage && reader.TokenType == JsonTokenType.String)
                {
                    message += (message.Length > 0 ? ": " : "") + reader.GetString();
                }
                else if (isData && JsonElement.TryParseValue(ref reader, out var data))
                {
                    message += FirstRowError(data.Value);
                    badRows = RowNumbers(data.Value);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Cut or not JSON: what was found so far counts.
        }

        return message.Length > 0;
    }

    /// <summary>Version 3 says per row what it refused; one is enough to tell.</summary>
    private static string FirstRowError(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 && data[0].ValueKind == JsonValueKind.Object
            && data[0].TryGetProperty("error_message", out var error)
            ? ": " + error
            : "";

    private static List<int>? RowNumbers(JsonElement data)
    {
        var numbers = new List<int>();
        foreach (var row in data.ValueKind == JsonValueKind.Array ? data.EnumerateArray() : default)
        {
            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("line_number", out var number) && number.TryGetInt32(out var line) && line > 0)
            {
                numbers.Add(line - 1);
            }
        }

        return numbers.Count > 0 ? numbers : null;
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxMessage));
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxMessage)))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString().Trim();
    }
}
