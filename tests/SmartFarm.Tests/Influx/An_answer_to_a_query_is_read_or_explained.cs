using SmartFarm.Influx;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class An_answer_to_a_query_is_read_or_explained
{
    [Fact]
    public async Task Series_tags_columns_and_every_kind_of_value()
    {
        var series = Assert.Single(await QueryAsync(200, """
            {"results":[{"statement_id":0,"messages":[{"level":"warning","text":"x"}],"series":[{"name":"m","tags":{"a":"b","c":""},
            "columns":["time","f","i","s","b","n"],"values":[[1763812800000,-1.5e-7,9223372036854775807,"x\"y",true,null],[2,null,null,null,false,3]]}]}]}
            """));

        Assert.Equal("m", series.Name);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "b", ["c"] = "" }, series.Tags);
        Assert.Equal(["time", "f", "i", "s", "b", "n"], series.Columns);
        var first = series.Rows[0];
        Assert.Equal(1763812800000, first[0].Integer);
        Assert.Equal(-1.5e-7, first[1].Number);
        Assert.Equal(long.MaxValue, first[2].Integer);
        Assert.Equal("x\"y", first[3].Text);
        Assert.Equal(new InfluxValue(InfluxValueKind.Boolean, 1, 1, null), first[4]);
        Assert.Equal(InfluxValueKind.Null, first[5].Kind);
        Assert.Equal([InfluxValueKind.Number, InfluxValueKind.Null, InfluxValueKind.Null, InfluxValueKind.Null, InfluxValueKind.Boolean, InfluxValueKind.Number],
            series.Rows[1].Select(value => value.Kind));
    }

    [Fact]
    public async Task Series_of_all_statements_are_given()
    {
        var series = await QueryAsync(200, """{"results":[{"series":[{"name":"a","columns":["x"]},{"name":"b","columns":["x"]}]},{},{"series":[{"columns":["x"],"values":[]}]}]}""");

        Assert.Equal(["a", "b", ""], series.Select(s => s.Name));
    }

    [Theory]
    [InlineData(200, """{"results":[{"statement_id":0,"error":"database not found: smartfarm"}]}""", "refuses the query: database not found: smartfarm.")]
    [InlineData(200, """{"error":"authorization failed"}""", "refuses the query: authorization failed.")]
    [InlineData(200, """{"results":[{"series":[{"name":"m","columns":["time"],"values":[[1]],"partial":true}]}]}""", "cuts its answer short")]
    [InlineData(200, """{"results":[{"partial":true}]}""", "cuts its answer short")]
    [InlineData(200, "<html>", "something that is not InfluxDB's")]
    [InlineData(200, "", "something that is not InfluxDB's")]
    [InlineData(200, "[1,2]", "something that is not InfluxDB's")]
    [InlineData(200, """{"results":[{"series":[{"name":"m","columns":["time"],"values":[[1],""", "something that is not InfluxDB's")]
    [InlineData(200, """{"results":[{"series":[{"name":"m","columns":["time"],"values":[[{}]]}]}]}""", "something that is not InfluxDB's")]
    [InlineData(400, """{"error":"error parsing query: found EOF"}""", "answers 400: error parsing query: found EOF")]
    [InlineData(401, """{"code":"unauthorized","message":"unauthorized access"}""", "answers 401: unauthorized access")]
    [InlineData(503, "", "answers 503")]
    public async Task Anything_else_is_one_sentence(int status, string body, string sentence)
    {
        var e = await Assert.ThrowsAsync<InfluxException>(async () => await QueryAsync(status, body));

        Assert.Contains(sentence, e.Message);
        Assert.Equal(status, e.Status);
    }

    [Fact]
    public async Task An_answer_too_large_is_refused_and_not_read()
    {
        var e = await Assert.ThrowsAsync<InfluxException>(async () => await QueryAsync(200, new string('x', 10_001)));

        Assert.Contains("more than 10000 bytes", e.Message);
    }

    private static async Task<IReadOnlyList<InfluxSeries>> QueryAsync(int status, string body)
    {
        await using var influx = await ScriptedInflux.StartAsync(status, body);
        using var client = new InfluxClient(influx.Options with { MaxAnswerBytes = 10_000 }, new TestTimeProvider());
        return await client.QueryAsync("SELECT 1", TestContext.Current.CancellationToken);
    }
}
