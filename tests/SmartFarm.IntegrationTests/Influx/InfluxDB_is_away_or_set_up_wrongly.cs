using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

public sealed class InfluxDB_is_away_or_set_up_wrongly(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_database_keeps_the_rows_until_it_is_there()
    {
        using var client = new InfluxClient(influx.NewDatabase(), TimeProvider.System);

        var kept = await client.SinkAsync("telemetry co2=1 1");
        Assert.Equal(WriteKind.Keep, kept.Kind);
        Assert.Contains($"run CREATE DATABASE \"{client.Options.Database}\"", kept.Reason);

        var setup = new InfluxSetup(client);
        Assert.Empty((await setup.PrepareAsync(Stop)).Findings);
        Assert.Same(WriteResult.AllStored, await client.SinkAsync("telemetry co2=1 1"));

        // Preparing again changes nothing.
        Assert.Empty((await setup.PrepareAsync(Stop)).Findings);
        Assert.Equal(1, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task A_history_without_its_database_says_so()
    {
        using var client = new InfluxClient(influx.NewDatabase(), TimeProvider.System);

        var e = await Assert.ThrowsAsync<InfluxException>(async () =>
            await new InfluxHistory(client).ReadAsync(new HistoryQuery("telemetry", "co2", new Dictionary<string, string>(), 0, 1, 0), Stop));

        Assert.Contains("database not found", e.Message);
    }

    [Fact]
    public async Task A_server_without_the_newer_address_asks_for_the_other_version()
    {
        using var client = new InfluxClient(influx.NewDatabase() with { Version = 2 }, TimeProvider.System);

        Assert.Contains("check SmartFarm:Influx:Url and Version", (await client.SinkAsync("telemetry co2=1 1")).Reason);
        Assert.Contains("set SmartFarm:Influx:Version to 1", Assert.Single((await new InfluxSetup(client).PrepareAsync(Stop)).Findings));
    }

    [Fact]
    public async Task A_field_that_somebody_made_a_text_is_found_at_start()
    {
        using var client = await influx.PreparedAsync();
        await client.SinkAsync("telemetry,device=d co2=\"much\",ph=7 1", "quality,check=range flag=4i,value=1,detail=\"x\" 1");

        var finding = Assert.Single((await new InfluxSetup(client).PrepareAsync(Stop)).Findings);

        Assert.Contains("field 'co2' of 'telemetry' is string there, and we write float", finding);
    }

    [Fact]
    public async Task Credentials_are_needed_checked_and_told()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        await using var server = new InfluxDb("admin", "geheim");
        await server.StartAsync();
        var options = new InfluxOptions { Url = server.Url, Version = 1, Username = "admin", Password = "geheim" };
        using var admin = new InfluxClient(options, TimeProvider.System);
        using var wrong = new InfluxClient(options with { Password = "wrong" }, TimeProvider.System);
        using var nobody = new InfluxClient(options with { Username = null }, TimeProvider.System);
        Assert.Empty((await new InfluxSetup(admin).PrepareAsync(Stop)).Findings);

        foreach (var client in new[] { wrong, nobody })
        {
            var kept = await client.SinkAsync("telemetry co2=1 1");
            Assert.Equal(WriteKind.Keep, kept.Kind);
            Assert.Contains("check SmartFarm:Influx:Username and Password", kept.Reason);
            Assert.Contains("check SmartFarm:Influx:Username and Password", Assert.Single((await new InfluxSetup(client).PrepareAsync(Stop)).Findings));
        }

        Assert.Same(WriteResult.AllStored, await admin.SinkAsync("telemetry co2=1 1"));
        Assert.Equal(1, await admin.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task A_password_changed_in_its_file_is_taken_up_without_a_restart()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        await using var server = new InfluxDb("admin", "geheim");
        await server.StartAsync();
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("password"), "geheim\n", Stop);
        using var client = new InfluxClient(
            new InfluxOptions { Url = server.Url, Version = 1, Username = "admin", Password = "geheim", PasswordFile = folder.File("password") }, TimeProvider.System);
        Assert.Empty((await new InfluxSetup(client).PrepareAsync(Stop)).Findings);
        Assert.Same(WriteResult.AllStored, await client.SinkAsync("telemetry co2=1 1"));

        await server.QueryAsync("SET PASSWORD FOR admin = 'neu'");
        Assert.Equal(WriteKind.Keep, (await client.SinkAsync("telemetry co2=2 2")).Kind);

        await File.WriteAllTextAsync(folder.File("password"), "neu\n", Stop);
        Assert.Same(WriteResult.AllStored, await client.SinkAsync("telemetry co2=2 2"));
        Assert.Equal(2, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
    }

    [Fact]
    public async Task An_answer_lost_after_the_write_leaves_one_row_of_each()
    {
        using var direct = await influx.PreparedAsync();
        await using var relay = await LossyRelay.StartAsync(direct.Options.Url);
        using var client = new InfluxClient(direct.Options with { Url = relay.Url }, TimeProvider.System);
        var rows = Enumerable.Range(0, 2000).Select(i => $"telemetry,device=d{i % 20} co2={i} {1_763_812_800_000 + i}").ToList();

        var lost = await client.SinkAsync(rows);
        Assert.Equal(WriteKind.Keep, lost.Kind);
        Assert.Equal(2000, await direct.NumberAsync("SELECT count(co2) FROM telemetry"));

        relay.LosesAnswers = false;
        Assert.Same(WriteResult.AllStored, await client.SinkAsync(rows));
        Assert.Equal(2000, await direct.NumberAsync("SELECT count(co2) FROM telemetry"));
        Assert.Equal(1999L * 2000 / 2, await direct.NumberAsync("SELECT sum(co2) FROM telemetry"));
    }

    [Fact]
    public async Task A_user_who_may_not_create_databases_uses_the_one_that_is_there()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        await using var server = new InfluxDb("admin", "geheim");
        await server.StartAsync();
        await server.QueryAsync("CREATE USER writer WITH PASSWORD 'w'");
        using var writer = new InfluxClient(new InfluxOptions { Url = server.Url, Version = 1, Username = "writer", Password = "w" }, TimeProvider.System);

        Assert.False((await new InfluxSetup(writer).PrepareAsync(Stop)).IsReady);

        await server.QueryAsync("CREATE DATABASE smartfarm");
        await server.QueryAsync("GRANT ALL ON smartfarm TO writer");
        Assert.Empty((await new InfluxSetup(writer).PrepareAsync(Stop)).Findings);
        Assert.Same(WriteResult.AllStored, await writer.SinkAsync("telemetry co2=1 1"));
    }

    [Fact]
    public async Task A_server_killed_in_mid_flow_loses_and_doubles_nothing()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        const int batches = 60, perBatch = 2000;
        await using var server = new InfluxDb();
        await server.StartAsync();
        using var client = new InfluxClient(new InfluxOptions { Url = server.Url, Version = 1 }, TimeProvider.System);
        var setup = new InfluxSetup(client);
        Assert.True((await setup.PrepareAsync(Stop)).IsReady);

        var kill = Task.CompletedTask;
        var kept = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            var rows = Enumerable.Range(batch * perBatch, perBatch).Select(i => $"telemetry,device=d{i % 20} co2={i} {1_763_812_800_000 + i}").ToList();
            if (batch == 20)
            {
                kill = server.KillAsync();
            }

            while ((await client.SinkAsync(rows)) is { Kind: WriteKind.Keep } answer)
            {
                Assert.NotEmpty(answer.Reason);
                Assert.Empty(answer.Refused);
                kept++;
                await kill;
                Assert.False((await setup.PrepareAsync(Stop)).IsReady);
                await server.StartAsync();
                await Eventually.Is(async () => await setup.PrepareAsync(Stop), readiness => readiness.IsReady);
            }
        }

        Assert.True(kept > 0, "the server was not killed in mid-flow");
        Assert.Equal(batches * perBatch, await client.NumberAsync("SELECT count(co2) FROM telemetry"));
        Assert.Equal((batches * perBatch - 1L) * (batches * perBatch) / 2, await client.NumberAsync("SELECT sum(co2) FROM telemetry"));
    }
}
