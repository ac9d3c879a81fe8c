using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SmartFarm.Influx;

namespace SmartFarm.Tests.Influx;

/// <summary>A database that behaves as a case describes: what it refuses and how, what it cannot bear, when it is away.</summary>
internal sealed class ModelInflux(JsonNode behaviour)
{
    private int _requests;

    /// <summary>Each value that is stored, as a row of one field.</summary>
    public HashSet<string> Stored { get; } = [];

    public int Requests => _requests;

    /// <summary>A row taken apart into rows of one field, so that it does not matter in which company a value came.</summary>
    public static IEnumerable<string> Values(string row)
    {
        var parts = LineProtocolRow.Read(Encoding.UTF8.GetBytes(row));
        return parts.Fields.Select(field => Encoding.UTF8.GetString(parts.With([field])));
    }

    public async Task AnswerAsync(HttpContext http, Sent sent)
    {
        var number = ++_requests;
        var body = Encoding.UTF8.GetBytes(sent.Body);
        var rows = LineProtocolLines.Split(body).Select(range => Encoding.UTF8.GetString(body.AsSpan(range))).ToList();
        if (Words("away_at").Contains($"{number}"))
        {
            http.Response.StatusCode = 503;
            return;
        }

        if (behaviour["cannot_bear"] is { } poison && rows.Exists(row => row.Contains((string)poison["row"]!)))
        {
            if ((int)poison["status"]! == 0)
            {
                http.Abort();
                return;
            }

            http.Response.StatusCode = (int)poison["status"]!;
            await http.Response.WriteAsync((string?)poison["says"] ?? "");
            return;
        }

        if (body.Length > ((int?)behaviour["largest"] ?? int.MaxValue))
        {
            http.Response.StatusCode = 413;
            return;
        }

        var wrong = rows.Select((row, i) => (row, i, why: WhyNot(row))).Where(x => x.why is not null).ToList();
        if (wrong.Count == 0 || (string?)behaviour["stores"] == "good rows")
        {
            Stored.UnionWith(rows.Where(row => WhyNot(row) is null).SelectMany(Values));
        }

        http.Response.StatusCode = wrong.Count == 0 ? 204 : (int?)behaviour["status"] ?? 400;
        if (wrong.Count > 0)
        {
            await http.Response.WriteAsync(Error(wrong.ConvertAll(x => (x.i, x.why!))).ToJsonString());
        }
    }

    private JsonObject Error(List<(int Row, string Why)> wrong) => (bool?)behaviour["names_rows"] == true
        ? new()
        {
            ["error"] = "partial write of line protocol occurred",
            ["data"] = new JsonArray([.. wrong.Take(100).Select(w => new JsonObject { ["line_number"] = w.Row + 1, ["error_message"] = w.Why })]),
        }
        : new() { ["error"] = ((string?)behaviour["stores"] == "good rows" ? "partial write: " : "") + wrong[0].Why + " dropped=0" };

    private string? WhyNot(string row)
    {
        if (Words("refuses").FirstOrDefault(row.Contains) is { } word)
        {
            return (string?)behaviour["says"] ?? $"unable to parse '{word}'";
        }

        var parts = LineProtocolRow.Read(Encoding.UTF8.GetBytes(row));
        if (behaviour["conflicts_until"] is { } until && parts.TimeMs >= (long)until)
        {
            return null;
        }

        var names = parts.Fields.Select(field => $"{Encoding.UTF8.GetString(parts.Measurement)}.{Encoding.UTF8.GetString(LineProtocolRow.KeyOf(field.Span))}");
        return names.FirstOrDefault(Words("conflicts").Contains) is { } name
            ? $"field type conflict: input field \"{name.Split('.')[1]}\" on measurement \"{name.Split('.')[0]}\" is type float, already exists as type string"
            : null;
    }

    private IEnumerable<string> Words(string name) => behaviour[name]?.AsArray().Select(word => word!.ToString()) ?? [];
}
