using System.IO.Compression;
using System.Text.Json;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Influx;

/// <summary>Vectors of the line protocol's makers: 115 rows with their line, and some 400 lines with their rows.</summary>
public sealed class Line_protocol_agrees_with_the_reference_corpus
{
    [Fact]
    public void Every_encode_vector_gives_the_same_line_but_for_the_spelling_of_floats()
    {
        var vectors = Load("lp_encode.json").GetProperty("encode").EnumerateArray().ToList();

        foreach (var vector in vectors)
        {
            var row = Row(vector.GetProperty("input").GetProperty("point"));
            var line = Rows.Write(row, out var refused);

            Assert.Empty(refused);
            if (vector.GetProperty("output").TryGetProperty("result", out var expected))
            {
                Assert.Equal(LineProtocolParser.Parse(expected.GetString()!).Canonical, LineProtocolParser.Parse(line!.TrimEnd('\n')).Canonical);
                Assert.Equal(expected.GetString()!.Length, line.Length - 1 + (expected.GetString()!.Contains("e+06") ? 5 : 0));
            }
            else
            {
                // The one error: an empty tag. It is left out, which stores the row all the same.
                Assert.Equal("cpu value=42 0\n", line);
            }
        }

        Assert.Equal(115, vectors.Count);
    }

    [Fact]
    public void Every_row_of_the_decode_vectors_survives_being_written_or_is_refused_for_a_reason()
    {
        var (rows, refusals, unsigned, notRows) = (0, 0, 0, 0);
        foreach (var vector in Load("corpus.json.gz").GetProperty("decode").EnumerateObject())
        {
            if (!vector.Value.GetProperty("output").TryGetProperty("result", out var points))
            {
                notRows++;
                continue;
            }

            foreach (var point in points.EnumerateArray())
            {
                // No field of ours is unsigned, and InfluxDB 1.x has no such type.
                if (Items(point, "fields").Exists(field => field.GetProperty("value").TryGetProperty("uint", out _)))
                {
                    unsigned++;
                    continue;
                }

                var row = Row(point);
                var line = Rows.Write(row, out var refused);

                // InfluxDB 1.x refuses a tag called time; control characters in tags we refuse ourselves.
                if (row.Tags.Exists(tag => tag.Key == "time" || tag.Value.Any(char.IsControl)))
                {
                    Assert.Equal(["series"], refused);
                    refusals++;
                    continue;
                }

                Assert.True(refused.Count == 0, $"{vector.Name}: {string.Join(", ", refused)} refused of {point}");
                Assert.Equal(row.Canonical, LineProtocolParser.Parse(line!.TrimEnd('\n')).Canonical);
                rows++;
            }
        }

        Assert.Equal((382, 3, 16, 6219), (rows, refusals, unsigned, notRows));
    }

    private static JsonElement Load(string file)
    {
        var folder = Repository.SharedData;
        Assert.SkipWhen(folder is null, "the reference data is not beside this checkout");
        using var raw = File.OpenRead(Path.Combine(folder!, "torture", "lineprotocol", file));
        using var stream = file.EndsWith(".gz") ? (Stream)new GZipStream(raw, CompressionMode.Decompress) : raw;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static ParsedRow Row(JsonElement point) => new(
        point.GetProperty("name").GetString()!,
        [.. Items(point, "tags").Select(tag => KeyValuePair.Create(tag.GetProperty("key").GetString()!, tag.GetProperty("value").GetString()!))],
        [.. Items(point, "fields").Select(field => KeyValuePair.Create(field.GetProperty("key").GetString()!, Value(field.GetProperty("value"))))],
        point.GetProperty("time").GetInt64());

    private static List<JsonElement> Items(JsonElement point, string name) =>
        point.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static object Value(JsonElement value)
    {
        var (kind, content) = value.EnumerateObject().Select(p => (p.Name, p.Value)).Single();
        return kind switch
        {
            "float" => content.GetDouble(),
            "int" => content.GetInt64(),
            "bool" => content.GetBoolean(),
            _ => content.GetString()!,
        };
    }
}
