using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartFarm.Influx;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Line_protocol_is_written_as_the_cases_say
{
    public static TheoryData<string> EncodeCases => [.. Cases("encode.json").Select(c => c.GetProperty("name").GetString()!)];

    public static TheoryData<string> SplitCases => [.. Cases("split.json").Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(EncodeCases))]
    public void A_row_becomes_its_line(string name)
    {
        var c = Case("encode.json", name);
        var row = new ParsedRow(
            c.GetProperty("measurement").GetString()!,
            [.. c.GetProperty("tags").EnumerateArray().Select(tag => KeyValuePair.Create(tag[0].GetString()!, tag[1].GetString()!))],
            [.. c.GetProperty("fields").EnumerateArray().Select(field => KeyValuePair.Create(field[0].GetString()!, Value(field[1].GetString()!, field[2].GetString()!)))],
            c.GetProperty("time").GetInt64());

        var line = Rows.Write(row, out var refused);

        Assert.Equal(c.GetProperty("line").GetString() is { } expected ? expected + '\n' : null, line);
        Assert.Equal(c.TryGetProperty("refused", out var names) ? names.EnumerateArray().Select(n => n.GetString()) : [], refused);
    }

    [Theory]
    [MemberData(nameof(SplitCases))]
    public void A_body_is_split_into_its_rows(string name)
    {
        var c = Case("split.json", name);
        var body = Encoding.UTF8.GetBytes(c.GetProperty("body").GetString()!);

        var rows = LineProtocolLines.Split(body).Select(range => Encoding.UTF8.GetString(body[range]));

        Assert.Equal(c.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!), rows);
    }

    private static object Value(string type, string text) => type switch
    {
        "float" => double.Parse(text, CultureInfo.InvariantCulture),
        "int" => long.Parse(text, CultureInfo.InvariantCulture),
        "bool" => bool.Parse(text),
        _ => text,
    };

    private static JsonElement Case(string file, string name) => Cases(file).Single(c => c.GetProperty("name").GetString() == name);

    private static JsonElement[] Cases(string file) =>
        [.. JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "cases", "lineprotocol", file))).RootElement.GetProperty("cases").EnumerateArray()];
}
