using System.Net;
using System.Runtime.Versioning;
using System.Text;
using SmartFarm.IntegrationTests.Life;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Diagnosis;

/// <summary>A broker and a database that are set up wrongly, as real ones are.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class The_doctor_and_real_servers : IDisposable
{
    private readonly TempFolder _farm = new();
    private readonly TempFolder _data = new();

    public The_doctor_and_real_servers() => TestFarm.Write(_farm);

    [Fact]
    public async Task A_broker_that_is_well_delivers_and_says_what_it_drops()
    {
        await using var broker = await StartAsync("allow_anonymous true");

        var output = await AskAsync(("SmartFarm__Mqtt__Port", $"{broker.Port}"));

        Assert.Contains("ok    broker", output);
        Assert.Contains("ok    delivery  a message that we published came back.", output);
        Assert.Contains("ok    queues    the broker has dropped nothing", output);
    }

    [Fact]
    public async Task A_wrong_password_is_named()
    {
        var passwords = _farm.File("passwords");
        await Smartfarm.RunProgramAsync([], Programs.Find("mosquitto_passwd") ?? "mosquitto_passwd", ["-b", "-c", passwords, "backend", "right"]);
        await Smartfarm.RunProgramAsync([], "chmod", "600", passwords);
        await using var broker = await StartAsync($"allow_anonymous false\npassword_file {passwords}");

        var output = await AskAsync(("SmartFarm__Mqtt__Port", $"{broker.Port}"), ("SmartFarm__Mqtt__Username", "backend"), ("SmartFarm__Mqtt__Password", "wrong"));

        Assert.Contains("MEND  broker", output);
        Assert.Matches("broker .*(not authorized|NotAuthorized|Not authorized|password)", output);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_subscription_that_the_ACL_never_delivers_is_found(int version)
    {
        var acl = _farm.File("acl");
        File.WriteAllText(acl, "topic write farm/#\n");
        await using var broker = await StartAsync($"allow_anonymous true\nacl_file {acl}");

        var output = await AskAsync(("SmartFarm__Mqtt__Port", $"{broker.Port}"), ("SmartFarm__Mqtt__Version", $"{version}"));

        Assert.Contains("ok    broker", output);
        Assert.Contains("MEND  delivery  A message published on 'farm/smartfarm-doctor/backend/status' was taken and never delivered", output);
    }

    [Fact]
    public async Task Messages_that_the_broker_has_dropped_are_counted()
    {
        await using var broker = await StartAsync("allow_anonymous true\nmax_queued_messages 5");
        await Smartfarm.RunProgramAsync([], Programs.Find("mosquitto_sub")!, ["-p", $"{broker.Port}", "-i", "away", "-c", "-q", "1", "-t", "farm/#", "-E"]);
        for (var i = 0; i < 30; i++)
        {
            await MosquittoClients.PublishAsync(broker.Port, "farm/t1/climate-1/telemetry", "{}");
        }

        var output = await Eventually.Is(() => AskAsync(("SmartFarm__Mqtt__Port", $"{broker.Port}")), o => o.Contains("MEND  queues"));

        Assert.Matches("The broker has dropped [1-9][0-9]* messages", output);
    }

    [Fact]
    public async Task A_second_worker_with_the_same_client_id_is_told_by_the_one_that_lost()
    {
        await using var broker = await StartAsync("allow_anonymous true");
        await using var first = new WorkerProcess(_farm.Path, ("SmartFarm__Mqtt__Port", $"{broker.Port}"));
        await using var second = new WorkerProcess(_farm.Path, ("SmartFarm__Mqtt__Port", $"{broker.Port}"));
        await first.StartAsync();
        second.Launch();

        var output = await Eventually.Is(
            async () => await AskAsync(first.Port, ("SmartFarm__Mqtt__Port", $"{broker.Port}")) + await AskAsync(second.Port, ("SmartFarm__Mqtt__Port", $"{broker.Port}")),
            o => o.Contains("MEND  worker"),
            seconds: 90);

        Assert.Contains("MEND  worker", output);
    }

    [Fact]
    public async Task An_account_that_may_only_read_the_database_is_found_by_writing()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxdb is not installed.");
        await using var influx = new InfluxDb("admin", "secret");
        await influx.StartAsync();
        await influx.QueryAsync("CREATE DATABASE smartfarm");
        await influx.QueryAsync("CREATE USER reader WITH PASSWORD 'reader'");
        await influx.QueryAsync("GRANT READ ON smartfarm TO reader");

        var output = await AskAsync(Influx(influx.Url, ("SmartFarm__Influx__Username", "reader"), ("SmartFarm__Influx__Password", "reader")));

        Assert.Contains("MEND  writing", output);
        Assert.Contains("refuses our credentials (403", output);
    }

    [Fact]
    public async Task A_wrong_password_a_missing_database_and_a_short_memory_are_found()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxdb is not installed.");
        await using var influx = new InfluxDb("admin", "secret");
        await influx.StartAsync();
        Assert.Contains("refuses our credentials (401", await AskAsync(Influx(influx.Url, ("SmartFarm__Influx__Username", "admin"), ("SmartFarm__Influx__Password", "wrong"))));

        var admin = Influx(influx.Url, ("SmartFarm__Influx__Username", "admin"), ("SmartFarm__Influx__Password", "secret"));
        Assert.Matches("MEND  writing .*CREATE DATABASE", await AskAsync(admin));

        await influx.QueryAsync("CREATE DATABASE smartfarm WITH DURATION 3d");
        var output = await AskAsync(admin);
        Assert.Contains("ok    writing", output);
        Assert.Contains("forgets after 3 days", output);
        Assert.Contains("ok    its clock", output);
    }

    [Fact]
    public async Task A_database_that_is_away_is_found() =>
        Assert.Matches("MEND  database .*cannot be reached", await AskAsync(Influx(new Uri($"http://127.0.0.1:{Ports.Free()}/"))));

    [Fact]
    public async Task A_database_whose_clock_is_two_hours_ahead_is_found()
    {
        using var server = new HttpListener();
        var url = $"http://127.0.0.1:{Ports.Free()}/";
        server.Prefixes.Add(url);
        server.Start();
        var answering = AnswerAsync(server, TimeSpan.FromHours(2));

        var output = await AskAsync(Influx(new Uri(url)));

        Assert.Matches($"MEND  its clock The clock at {url} is (7199|7200|7201) s ahead of ours", output);
        server.Stop();
        await answering;
    }

    public void Dispose()
    {
        _farm.Dispose();
        _data.Dispose();
    }

    private static async Task<Mosquitto> StartAsync(string configuration)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && MosquittoClients.AreInstalled, "mosquitto and mosquitto-clients are not installed.");
        var broker = new Mosquitto($"sys_interval 1\n{configuration}");
        await broker.StartAsync();
        return broker;
    }

    /// <summary>A database alone: with the embedded broker the doctor waits for none.</summary>
    private static (string, string)[] Influx(Uri url, params (string, string)[] more) =>
        [("SmartFarm__Broker__Enabled", "true"), ("SmartFarm__Broker__Port", $"{Ports.Free()}"), ("SmartFarm__Influx__Url", url.ToString()), ("SmartFarm__Influx__Version", "1"), .. more];

    private Task<string> AskAsync(params (string, string)[] settings) => AskAsync(Ports.Free(), settings);

    private async Task<string> AskAsync(int http, params (string, string)[] settings)
    {
        var (_, output, errors) = await Smartfarm.RunAsync(settings, "doctor", "--farm", _farm.Path, "--data", _data.Path, "--http-port", $"{http}");
        return output + errors;
    }

    private static async Task AnswerAsync(HttpListener server, TimeSpan ahead)
    {
        try
        {
            while (true)
            {
                var context = await server.GetContextAsync();
                context.Response.Headers["Date"] = (DateTimeOffset.UtcNow + ahead).ToString("R");
                context.Response.OutputStream.Write(Encoding.ASCII.GetBytes("{}"));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
