using Microsoft.AspNetCore.Http;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

/// <summary>What no server at hand can be made to answer; the real ones are asked in the integration tests.</summary>
public sealed class A_database_is_prepared_or_what_to_mend_is_said
{
    private const string Empty = """{"results":[{"statement_id":0}]}""";

    [Fact]
    public async Task A_bucket_that_answers_is_ready()
    {
        var readiness = await PrepareAsync(2, "v2.7.11", 200, Empty);

        Assert.Equal((true, true), (readiness.IsReady, readiness.CanQuery));
        Assert.Empty(readiness.Findings);
    }

    [Theory]
    [InlineData(2, 200, """{"results":[{"statement_id":0,"error":"database not found: smartfarm"}]}""", "create the bucket 'smartfarm' in the organisation 'farm'")]
    [InlineData(3, 404, """{"error":"database not found: smartfarm"}""", "create the database 'smartfarm'")]
    [InlineData(2, 401, """{"code":"unauthorized","message":"unauthorized access"}""", "check SmartFarm:Influx:Token")]
    [InlineData(2, 500, """{"error":"disk full"}""", "answers 500: disk full")]
    public async Task What_is_missing_is_one_sentence(int version, int status, string body, string sentence)
    {
        var readiness = await PrepareAsync(version, "v2.7.11", status, body);

        Assert.False(readiness.IsReady);
        Assert.Contains(sentence, Assert.Single(readiness.Findings));
    }

    [Fact]
    public async Task Rows_wait_until_it_was_asked_for_the_first_time()
    {
        var (asked, mayAnswer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ScriptedInflux.StartAsync(async (http, sent) =>
        {
            asked.TrySetResult();
            await mayAnswer.Task;
            http.Response.StatusCode = sent.PathAndQuery.Contains("/write", StringComparison.Ordinal) ? 204 : 200;
        });
        using var client = new InfluxClient(server.Options, TimeProvider.System);
        var setup = new InfluxSetup(client);
        var writing = new PreparedSink(new InfluxPointSink(client), setup).WriteAsync("a b=1 1\n"u8.ToArray(), default).AsTask();
        var preparing = setup.PrepareAsync(default).AsTask();
        await asked.Task;

        Assert.False(writing.IsCompleted);
        mayAnswer.SetResult();
        await preparing;
        Assert.Equal(WriteKind.Stored, (await writing).Kind);
        Assert.Contains("/write", server.Requests.Last().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_too_old_for_the_version_set_is_named()
    {
        var readiness = await PrepareAsync(2, "1.6.7~rc0", 200, Empty);

        Assert.False(readiness.IsReady);
        Assert.Contains("set SmartFarm:Influx:Version to 1", Assert.Single(readiness.Findings));
    }

    [Fact]
    public async Task Fields_of_another_type_than_ours_are_named()
    {
        var readiness = await PrepareAsync(2, "v2.7.11", 200, """
            {"results":[{"series":[
            {"name":"telemetry","columns":["fieldKey","fieldType"],"values":[["co2","float"],["ph","string"]]},
            {"name":"quality","columns":["fieldKey","fieldType"],"values":[["flag","integer"],["value","float"],["detail","string"]]},
            {"name":"command","columns":["fieldKey","fieldType"],"values":[["id","string"],["latency_ms","integer"]]},
            {"name":"somebody_elses","columns":["fieldKey","fieldType"],"values":[["ph","string"]]}]}]}
            """);

        Assert.True(readiness.IsReady);
        Assert.Equal(2, readiness.Findings.Count);
        Assert.Contains("field 'ph' of 'telemetry' is string there, and we write float", readiness.Findings[0]);
        Assert.Contains("field 'latency_ms' of 'command' is integer there, and we write float", readiness.Findings[1]);
    }

    private static async Task<InfluxReadiness> PrepareAsync(int version, string serverVersion, int status, string body)
    {
        await using var influx = await ScriptedInflux.StartAsync(async (http, sent) =>
        {
            http.Response.Headers["X-Influxdb-Version"] = serverVersion;
            http.Response.StatusCode = sent.PathAndQuery == "/ping" ? 204 : status;
            if (sent.PathAndQuery != "/ping")
            {
                await http.Response.WriteAsync(body);
            }
        });
        using var client = new InfluxClient(influx.Options with { Version = version }, new TestTimeProvider());
        return await new InfluxSetup(client).PrepareAsync(TestContext.Current.CancellationToken);
    }
}
