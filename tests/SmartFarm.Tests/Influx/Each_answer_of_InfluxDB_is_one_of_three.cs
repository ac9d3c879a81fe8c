using Microsoft.AspNetCore.Http;
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

    public static TheoryData<string> Answers => [.. Cases.Load("influx", "answers.json").Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_row_is_stored_refused_or_kept_as_the_cases_say(string name)
    {
        var c = Cases.Load("influx", "answers.json")[name];
        await using var influx = await ScriptedInflux.StartAsync(async (http, sent) =>
        {
            var isProbe = sent.Body.StartsWith("worker,instance=probe ", StringComparison.Ordinal);
            http.Response.StatusCode = isProbe && c["probe"] is { } probe ? (int)probe : (int)c["status"]!;
            foreach (var (header, value) in c["headers"]?.AsObject() ?? [])
            {
                http.Response.Headers[header] = (string)value!;
            }

            if (!isProbe && c["body"] is { } body)
            {
                await http.Response.WriteAsync(body is System.Text.Json.Nodes.JsonValue ? (string)body! : body.ToJsonString());
            }
        });
        using var client = new InfluxClient(influx.Options with { Version = (int?)c["version"] ?? 2 }, _time);

        var result = await new InfluxPointSink(client).WriteAsync(Row, TestContext.Current.CancellationToken);

        Assert.Equal((string)c["is"]!, result switch { { Kind: WriteKind.Keep } => "kept", { Refused.Count: > 0 } => "refused", _ => "stored" });
        var said = result.Refused.Count > 0 ? result.Refused[0].Reason : result.Reason;
        Assert.All(c["says"]?.AsArray().Select(word => (string)word!) ?? [], word => Assert.Contains(word, said));
        Assert.All(c["hides"]?.AsArray().Select(word => (string)word!) ?? [], word => Assert.DoesNotContain(word, said));
        Assert.DoesNotContain("secret", said);
        Assert.Equal((double?)c["retry_after_s"], result.RetryAfter?.TotalSeconds);
        Assert.Equal((int?)c["requests"] ?? 1, influx.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_neither_data_nor_token_go_elsewhere()
    {
        await using var elsewhere = await ScriptedInflux.StartAsync(204);
        await using var influx = await ScriptedInflux.StartAsync((http, _) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = elsewhere.Options.Url.AbsoluteUri + "api/v2/write?token=abc";
            return Task.CompletedTask;
        });

        var result = await WriteAsync(influx);

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Contains($"redirects to {elsewhere.Options.Url}api/v2/write (307): neither data nor credentials are sent there", result.Reason);
        Assert.Empty(elsewhere.Requests);
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
    public async Task An_answer_that_drips_is_left_after_the_time_allowed_and_its_status_still_counts()
    {
        await using var influx = await ScriptedInflux.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "42";
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await drip.WaitForNextTickAsync(http.RequestAborted))
            {
                await http.Response.Body.WriteAsync("."u8.ToArray());
                await http.Response.Body.FlushAsync();
            }
        });
        using var client = new InfluxClient(influx.Options with { Timeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);

        var result = await new InfluxPointSink(client).WriteAsync(Row, TestContext.Current.CancellationToken);

        Assert.Equal((WriteKind.Keep, TimeSpan.FromSeconds(42)), (result.Kind, result.RetryAfter));
        Assert.Contains("overloaded", result.Reason);
    }

    [Fact]
    public async Task An_answer_without_end_is_read_no_further_than_needed()
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var influx = await ScriptedInflux.StartAsync(async (http, _) =>
        {
            http.Response.StatusCode = 500;
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(new byte[16 * 1024]);
            }

            hungUp.SetResult();
        });

        // The clock of the client stands still: no deadline ends this, only that it has read enough.
        var result = await WriteAsync(influx);

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Contains("failed (500", result.Reason);
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_new_token_in_its_file_is_taken_up_without_a_restart(int status)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("token"), "secret\n");
        var valid = "Token secret";
        await using var influx = await ScriptedInflux.StartAsync((http, sent) =>
        {
            http.Response.StatusCode = sent.Authorization == valid ? 204 : status;
            return Task.CompletedTask;
        });
        using var client = new InfluxClient(influx.Options with { TokenFile = folder.File("token") }, _time);
        var sink = new InfluxPointSink(client);
        Assert.Same(WriteResult.AllStored, await sink.WriteAsync(Row, TestContext.Current.CancellationToken));

        valid = "Token renewed";
        var kept = await sink.WriteAsync(Row, TestContext.Current.CancellationToken);
        Assert.Equal((WriteKind.Keep, TimeSpan.FromSeconds(10)), (kept.Kind, kept.RetryAfter));
        Assert.Contains("SmartFarm:Influx:Token", kept.Reason);
        Assert.Equal(2, influx.Requests.Count);

        File.Delete(folder.File("token"));
        Assert.Equal(WriteKind.Keep, (await sink.WriteAsync(Row, TestContext.Current.CancellationToken)).Kind);

        File.WriteAllText(folder.File("token"), "renewed\n");
        Assert.Same(WriteResult.AllStored, await sink.WriteAsync(Row, TestContext.Current.CancellationToken));
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
