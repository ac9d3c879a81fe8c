using System.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

public sealed class InfluxDB_takes_what_it_can(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_thousand_rows_are_stored_once_each_zipped_or_not(bool gzip)
    {
        using var client = await influx.PreparedAsync(options => options with { Gzip = gzip });
        var rows = Rows(5000);

        Assert.Same(WriteResult.AllStored, await client.SinkAsync(rows));
        Assert.Same(WriteResult.AllStored, await client.SinkAsync(rows));

        Assert.Equal(5000, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
        Assert.Equal(4999L * 5000 / 2, await client.NumberAsync("SELECT sum(co2) FROM telemetry"));
    }

    [Fact]
    public async Task One_field_of_the_wrong_type_among_five_thousand_is_the_only_one_refused()
    {
        using var client = await influx.PreparedAsync();
        Assert.Same(WriteResult.AllStored, await client.SinkAsync("telemetry,device=d0 co2=1 1"));
        var rows = Rows(5000);
        rows[3217] = rows[3217].Replace("co2=3217", "co2=\"much\"");

        var result = await client.SinkAsync(rows);

        Assert.Equal(WriteKind.Stored, result.Kind);
        var refused = Assert.Single(result.Refused);
        Assert.Equal(rows[3217], Encoding.UTF8.GetString(refused.Line.Span));
        Assert.Contains("field type conflict", refused.Reason);
        Assert.Equal(4999 + 1, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task Of_a_row_with_a_field_of_the_wrong_type_the_other_fields_are_stored()
    {
        using var client = await influx.PreparedAsync();
        Assert.Same(WriteResult.AllStored, await client.SinkAsync("telemetry,device=d0 ph=\"text\" 1"));
        var sink = new InfluxPointSink(client);
        string[] rows = [.. Enumerable.Range(0, 3000).Select(i => $"telemetry,device=d{i % 20} co2={i},ph={i % 14},ec=1 {1_763_812_800_000 + i}")];
        var body = Encoding.UTF8.GetBytes(string.Join('\n', rows) + '\n');

        // In the shard of 1970 the field is a text; in that of today it becomes a float.
        Assert.Same(WriteResult.AllStored, await sink.WriteAsync(body, TestContext.Current.CancellationToken));
        var result = await sink.WriteAsync("telemetry,device=d1 co2=5,ph=7,ec=2 9\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("telemetry,device=d1 ph=7 9", Encoding.UTF8.GetString(Assert.Single(result.Refused).Line.Span));
        Assert.Equal(3001, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
        Assert.Equal(3001, await client.NumberAsync("SELECT count(ec) FROM telemetry"));

        // Once suspected the field travels apart, and where it fits it is stored.
        Assert.Same(WriteResult.AllStored, await sink.WriteAsync(body, TestContext.Current.CancellationToken));
        Assert.Equal(3001, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task Rows_that_cannot_be_parsed_are_named_and_the_others_stored()
    {
        using var client = await influx.PreparedAsync();
        var rows = Rows(300);
        string[] bad = ["telemetry,device= co2=1 1", "telemetry co2=NaN 1", "telemetry co2=1e400 1", "telemetry,a=1,a=2 co2=1 1", "telemetry co2=1 yesterday", "telemetry"];
        for (var i = 0; i < bad.Length; i++)
        {
            rows[i * 50] = bad[i];
        }

        var result = await client.SinkAsync(rows);

        Assert.Equal(bad, result.Refused.Select(refused => Encoding.UTF8.GetString(refused.Line.Span)));
        Assert.Equal(294, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task Rows_older_than_the_retention_are_refused_and_the_others_stored()
    {
        using var client = await influx.PreparedAsync();
        await client.QueryAsync($"CREATE RETENTION POLICY \"short\" ON {client.Options.Database} DURATION 1h REPLICATION 1 DEFAULT", TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var result = await client.SinkAsync($"telemetry,device=d co2=1 {now}", "telemetry,device=d co2=2 1600000000000", $"telemetry,device=d co2=3 {now - 1000}");

        Assert.Equal("telemetry,device=d co2=2 1600000000000", Encoding.UTF8.GetString(Assert.Single(result.Refused).Line.Span));
        Assert.Equal(4, await client.NumberAsync("SELECT sum(co2) FROM telemetry"));
    }

    [Fact]
    public async Task A_body_beyond_its_limit_of_25_MB_is_written_in_parts()
    {
        using var client = await influx.PreparedAsync(options => options with { Gzip = false });
        var text = new string('x', 50_000);

        var result = await client.SinkAsync(Enumerable.Range(0, 600).Select(i => $"alarm,code=c text=\"{text}\",n={i} {i}"));

        Assert.Equal(WriteKind.Stored, result.Kind);
        Assert.Empty(result.Refused);
        Assert.Equal(600, await client.NumberAsync("SELECT count(text) FROM alarm"));
    }

    [Fact]
    public async Task Odd_names_and_texts_come_back_exactly()
    {
        using var client = await influx.PreparedAsync();
        const string measurement = "odd, \"m\"=x\\y";
        KeyValuePair<string, string>[] tags = [new("k, =\"", "v, =\"\\x"), new("аймақ", "Түркістан 🌡"), new("quote'", "it's")];
        string[] texts = ["", "\"", "\\", "a\nb", "\\\"", "trailing\\", "온도 🌡", "a,b=c d", "\t\r\n"];
        Assert.True(LineProtocolSeries.TryEncode(measurement, tags, out var series, out _));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new LineProtocolWriter(output);
        for (var i = 0; i < texts.Length; i++)
        {
            writer.Begin(series);
            Assert.True(writer.TryText("t, =\"", texts[i]) && writer.TryBoolean("b", i % 2 == 0) && writer.TryInteger("i", long.MaxValue - i) && writer.TryFloat("f", 0.1 * i));
            Assert.True(writer.End(1_763_812_800_001 + i));
        }

        Assert.Equal(InfluxVerdict.Stored, (await client.WriteAsync(output.WrittenMemory, TestContext.Current.CancellationToken)).Verdict);
        var found = Assert.Single(await client.QueryAsync(
            $"SELECT {InfluxQl.Identifier("t, =\"")}, b, i, f FROM {InfluxQl.Identifier(measurement)} WHERE {InfluxQl.Identifier("quote'")} = {InfluxQl.Text("it's")} GROUP BY *",
            TestContext.Current.CancellationToken));

        Assert.Equal(measurement, found.Name);
        Assert.Equal(tags.OrderBy(tag => tag.Key, StringComparer.Ordinal), found.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
        Assert.Equal(texts, found.Rows.Select(row => row[1].Text));
        Assert.Equal(texts.Select((_, i) => (1_763_812_800_001 + i, i % 2 == 0 ? 1L : 0, long.MaxValue - i, 0.1 * i)),
            found.Rows.Select(row => (row[0].Integer, row[2].Integer, row[3].Integer, row[4].Number)));
    }

    private static List<string> Rows(int count) => [.. Enumerable.Range(0, count).Select(i => $"telemetry,device=d{i % 20} co2={i} {1_763_812_800_000 + i}")];
}
