using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Deploy;

/// <summary>Accounts and topics of deploy/mosquitto, tried with mosquitto's own clients.</summary>
public sealed class The_broker_of_the_deployment : IAsyncLifetime
{
    private const string Own = "farm/turkestan-1/climate-1/telemetry";
    private readonly DeployedBroker _broker = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DeployedBroker.IsInstalled, "mosquitto and its clients are not installed");
        await _broker.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Lets_nobody_in_without_an_account()
    {
        var (code, output) = await _broker.ClientAsync("mosquitto_pub", null, "-t", Own, "-m", "x", "-q", "1");

        Assert.NotEqual(0, code);
        Assert.Contains("Not authorized", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Lets_nobody_in_with_a_wrong_password()
    {
        var (code, _) = await _broker.ClientAsync("mosquitto_pub", null, "-u", DeployedBroker.Climate, "-P", "guess", "-t", Own, "-m", "x", "-q", "1");

        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task Carries_the_readings_of_a_device_to_the_worker_and_nothing_that_it_says_for_others()
    {
        await QueueAsync(DeployedBroker.Backend, "farm/#");
        await SayAsync(DeployedBroker.Climate, "farm/turkestan-1/climate-2/telemetry", "not mine");
        await SayAsync(DeployedBroker.Climate, "farm/turkestan-2/climate-1/telemetry", "not my site");
        await SayAsync(DeployedBroker.Climate, "farm/turkestan-1/backend/status", "offline");
        await SayAsync(DeployedBroker.Climate, "farm/turkestan-1/ctrl-1/command", "open everything");
        await SayAsync(DeployedBroker.Climate, Own, "mine");

        Assert.Equal($"{Own} mine", await FirstAsync(DeployedBroker.Backend, "farm/#"));
    }

    [Fact]
    public async Task Carries_a_command_to_its_controller_and_to_no_other()
    {
        await QueueAsync(DeployedBroker.Climate, "farm/#");
        await QueueAsync(DeployedBroker.Controller, "farm/#");
        await SayAsync(DeployedBroker.Backend, "farm/turkestan-1/ctrl-1/command", "move");
        await SayAsync(DeployedBroker.Backend, "farm/turkestan-1/backend/status", "online");

        Assert.Equal("farm/turkestan-1/ctrl-1/command move", await FirstAsync(DeployedBroker.Controller, "farm/#"));
        Assert.Equal("farm/turkestan-1/backend/status online", await FirstAsync(DeployedBroker.Climate, "farm/#"));
    }

    [Fact]
    public async Task Lets_the_worker_hold_two_sessions_and_no_device_takes_one_over()
    {
        await QueueAsync(DeployedBroker.Backend, "farm/+/+/telemetry", "readings");
        await QueueAsync(DeployedBroker.Backend, "farm/+/+/state", "site");
        await QueueAsync(DeployedBroker.Controller, "farm/#", "readings");
        await SayAsync(DeployedBroker.Climate, Own, "for one");
        await SayAsync(DeployedBroker.Controller, "farm/turkestan-1/ctrl-1/state", "for the other");

        Assert.Equal($"{Own} for one", await FirstAsync(DeployedBroker.Backend, "farm/+/+/telemetry", "readings"));
        Assert.Equal("farm/turkestan-1/ctrl-1/state for the other", await FirstAsync(DeployedBroker.Backend, "farm/+/+/state", "site"));
    }

    [Fact]
    public async Task Keeps_what_it_acknowledged_when_it_is_killed()
    {
        await QueueAsync(DeployedBroker.Backend, "farm/+/+/telemetry");
        var (code, output) = await SayAsync(DeployedBroker.Climate, Own, "kept");
        Assert.True(code == 0, output);

        // mosquitto acknowledges first and saves in the same turn of its loop: a kill in between is the broker's own gap.
        var saved = _broker.Folder.File("mosquitto.db");
        await Eventually.Is(async () => File.Exists(saved) ? await File.ReadAllTextAsync(saved) : "", state => state.Contains("kept", StringComparison.Ordinal));
        await _broker.KillAsync();
        await _broker.StartAsync();

        Assert.Equal($"{Own} kept", await FirstAsync(DeployedBroker.Backend, "farm/+/+/telemetry"));
    }

    [Fact]
    public async Task Carries_the_alerts_of_Grafana_to_who_listens_and_nothing_else_that_it_says()
    {
        await QueueAsync(DeployedBroker.Controller, "#");
        await SayAsync(DeployedBroker.Alerts, "farm/turkestan-1/ctrl-1/command", "open everything");
        await SayAsync(DeployedBroker.Climate, "smartfarm/alerts", "all is well");
        await SayAsync(DeployedBroker.Alerts, "smartfarm/alerts", "frost");

        Assert.Equal("smartfarm/alerts frost", await FirstAsync(DeployedBroker.Controller, "#"));
    }

    /// <summary>The farm of the repository, as docker-compose.yml starts it.</summary>
    [Fact]
    public async Task Lets_the_simulator_play_the_whole_farm()
    {
        await QueueAsync(DeployedBroker.Backend, "farm/+/+/telemetry");
        var connection = new MqttSessionOptions
        {
            Host = "127.0.0.1", Port = _broker.InnerPort, ClientId = "sim", Username = DeployedBroker.Simulator, Password = DeployedBroker.PasswordOf(DeployedBroker.Simulator), SessionExpiry = TimeSpan.Zero,
        };
        await using var farm = new SimulatedFarm(FarmLoader.Load(Repository.PathOf("farm")).Farm!, connection, new SimulationOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = farm.RunAsync(end.Token);
        await farm.WhenReadyAsync(end.Token);

        Assert.Matches("^farm/turkestan-1/[a-z0-9-]+/telemetry {.*\"air_temperature\"", await FirstAsync(DeployedBroker.Backend, "farm/+/+/telemetry"));
        await SayAsync(DeployedBroker.Backend, "farm/turkestan-1/ctrl-1/command", "{}");
        await Eventually.Is(() => Task.FromResult(farm.Counts), counts => counts.BadCommands == 1);

        await end.CancelAsync();
        await running;
        Assert.Equal(0, farm.Counts.Lost);
    }

    [Fact]
    public async Task Speaks_TLS_to_who_trusts_its_authority_and_to_nobody_else()
    {
        Assert.SkipWhen(Programs.Find("openssl") is null, "openssl is not installed");
        await using var broker = new DeployedBroker { WithTls = true };
        await broker.StartAsync();
        string[] door = ["-p", $"{broker.TlsPort}", "-t", Own, "-q", "1", "-m", "x"];

        Assert.NotEqual(0, (await broker.ClientAsync("mosquitto_pub", DeployedBroker.Climate, door)).Code);
        Assert.NotEqual(0, (await broker.ClientAsync("mosquitto_pub", DeployedBroker.Climate, [.. door, "--cafile", "/etc/ssl/certs/ca-certificates.crt"])).Code);
        var (code, output) = await broker.ClientAsync("mosquitto_pub", DeployedBroker.Climate, [.. door, "--cafile", broker.Authority]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Answers_its_health_check()
    {
        var (code, output) = await _broker.ClientAsync("mosquitto_sub", "health", "-t", "$SYS/broker/uptime", "-C", "1", "-W", "15");

        Assert.Equal(0, code);
        Assert.Contains("seconds", output);
    }

    /// <summary>Opens a session that the broker keeps, so that nothing depends on who is quicker.</summary>
    private async Task QueueAsync(string account, string filter, string session = "any")
    {
        var (code, output) = await _broker.ClientAsync("mosquitto_sub", account, "-c", "-x", "3600", "-i", session, "-q", "1", "-t", filter, "-E");
        Assert.True(code == 0, output);
    }

    private async Task<string> FirstAsync(string account, string filter, string session = "any")
    {
        var (_, output) = await _broker.ClientAsync("mosquitto_sub", account, "-c", "-x", "3600", "-i", session, "-q", "1", "-t", filter, "-C", "1", "-W", "5", "-v");
        return output.Trim();
    }

    private async Task<(int Code, string Output)> SayAsync(string account, string topic, string text) =>
        await _broker.ClientAsync("mosquitto_pub", account, "-t", topic, "-m", text, "-q", "1");
}
