using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Each_answer_of_InfluxDB_is_one_of_three
{
    private static readonly byte[] Row = "m f=1 1\n"u8.ToArray();

    private readonly TestTimeProvider _time = new();

    [Theory]
    [InlineData(204, "")]
    [InlineData(200, "")]
    [InlineData(200, "{\"results\":[]}")]
    public async Task Stored(int status, string body)
    {
        await using var influx = await ScriptedInflux.StartAsync(status, body);

        Assert.Same(WriteResult.AllStored, await WriteAsync(influx));
    }

    [Theory]
    [InlineData(200, "<html>Sign in to the hotel</html>", "answers as no InfluxDB does")]
    [InlineData(200, "{\"error\":\"nothing was written\"}", "nothing was written")]
    [InlineData(202, "", "answers as no InfluxDB does")]
    [InlineData(400, "Client sent an HTTP request to an HTTPS server.", "HTTPS server")]
    [InlineData(400, "<html><h1>400</h1></html>", "a web page")]
    [InlineData(401, "{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}", "SmartFarm:Influx:Token")]
    [InlineData(403, "{\"error\":\"\\\"reader\\\" user is not authorized\"}", "SmartFarm:Influx:Token")]
    [InlineData(404, "{\"code\":\"not found\",\"message\":\"bucket \\\"smartfarm\\\" not found\"}", "create the bucket 'smartfarm' in the organisation 'farm'")]
    [InlineData(404, "404 page not found", "check SmartFarm:Influx:Url and Version")]
    [InlineData(405, "", "Version")]
    [InlineData(429, "", "overloaded")]
    [InlineData(500, "{\"error\":\"engine: cache-max-memory-size exceeded\"}", "failed (500: engine: cache-max-memory-size exceeded)")]
    [InlineData(502, "<html>Bad gateway</html>", "sent again")]
    [InlineData(503, "", "overloaded")]
    [InlineData(504, "", "sent again")]
    public async Task Kept_with_a_sentence(int status, string body, string sentence)
    {
        await using var influx = await ScriptedInflux.StartAsync(status, body);

        var result = await WriteAsync(influx);

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Contains(sentence, result.Reason);
        Assert.Contains(status.ToString(), result.Reason);
        Assert.DoesNotContain("secret", result.Reason);
        Assert.Empty(result.Refused);
        Assert.Single(influx.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_its_page_would_pass_for_stored()
    {
        await using var influx = await ScriptedInflux.StartAsync((http, sent) =>
        {
            http.Response.StatusCode = sent.Method == "GET" ? 204 : 302;
            http.Response.Headers.Location = "http://127.0.0.1/login";
            return Task.CompletedTask;
        });

        var result = await WriteAsync(influx);

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Contains("redirects to http://127.0.0.1/login", result.Reason);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("86400", 600.0)]
    [InlineData("99999999999999999999", 600.0)]
    [InlineData("Sun, 22 Nov 2026 08:00:30 GMT", 30.0)]
    [InlineData("Mon, 23 Nov 2026 08:00:00 GMT", 600.0)]
    [InlineData("Sun, 22 Nov 2026 07:59:59 GMT", null)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public async Task Retry_After_is_obeyed_within_reason(string header, double? seconds)
    {
        await using var influx = await ScriptedInflux.StartAsync(503, "", "Retry-After", header);

        Assert.Equal(seconds, (await WriteAsync(influx)).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_kept()
    {
        await using var influx = await ScriptedInflux.StartAsync((http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(WriteKind.Keep, (await WriteAsync(influx)).Kind);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_refuses_nothing()
    {
        await using var influx = await ScriptedInflux.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = 400;
            http.Response.ContentLength = 1000;
            await http.Response.Body.WriteAsync("{\"error\":\"unable to parse"u8.ToArray());
            await http.Response.Body.FlushAsync();
            http.Abort();
        });

        Assert.Equal(WriteKind.Keep, (await WriteAsync(influx)).Kind);
    }

    [Fact]
    public async Task No_server_at_all_is_kept_and_says_where()
    {
        using var client = new InfluxClient(new InfluxOptions { Url = new Uri($"http://127.0.0.1:{Testing.Servers.Ports.Free()}"), Version = 1 }, _time);

        var result = await new InfluxPointSink(client).WriteAsync(Row, TestContext.Current.CancellationToken);

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.StartsWith($"InfluxDB 1 at {client.Options.Url}, database smartfarm cannot be reached: Connection refused", result.Reason);
    }

    [Fact]
    public async Task A_database_that_never_answers_is_left_after_the_time_allowed()
    {
        var isAsked = new TaskCompletionSource();
        await using var influx = await ScriptedInflux.StartAsync(async (http, _) =>
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        var write = WriteAsync(influx);
        await isAsked.Task;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(write.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        var result = await write;
        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.EndsWith("did not answer within 10 s.", result.Reason);
    }

    [Fact]
    public async Task Only_cancellation_throws()
    {
        using var stop = new CancellationTokenSource();
        await using var influx = await ScriptedInflux.StartAsync(async (http, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var client = new InfluxClient(influx.Options, _time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new InfluxPointSink(client).WriteAsync(Row, stop.Token));
    }

    [Fact]
    public async Task Nothing_to_write_sends_nothing()
    {
        await using var influx = await ScriptedInflux.StartAsync(500);
        using var client = new InfluxClient(influx.Options, _time);

        Assert.Same(WriteResult.AllStored, await new InfluxPointSink(client).WriteAsync(default, TestContext.Current.CancellationToken));
        Assert.Empty(influx.Requests);
    }

    private async Task<WriteResult> WriteAsync(ScriptedInflux influx)
    {
        using var client = new InfluxClient(influx.Options, _time);
        return await new InfluxPointSink(client).WriteAsync(Row, TestContext.Current.CancellationToken);
    }
}
