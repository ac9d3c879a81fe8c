using System.Text.RegularExpressions;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Deploy;

/// <summary>What `docker compose config` would refuse, and what only the running of it would show.</summary>
public sealed class Compose_would_take_the_file
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Variable = new(@"\$\{(?<name>[A-Z][A-Z_]*)(?<default>:-[^}$]*)?\}", Plain);
    private static readonly ComposeFile Compose = ComposeFile.Default;

    /// <summary>Keys of a service in the Compose specification that we use; a misspelt one would be refused.</summary>
    private static readonly string[] ServiceKeys =
    [
        "image", "build", "user", "hostname", "entrypoint", "command", "profiles", "networks", "ports", "environment", "volumes", "tmpfs", "secrets", "mem_limit", "cpus", "pids_limit",
        "stop_grace_period", "depends_on", "healthcheck", "restart", "read_only", "cap_drop", "security_opt", "logging",
    ];

    /// <summary>Settings of Grafana that we rely on (grafana.ini, GF_SECTION_KEY).</summary>
    private static readonly string[] GrafanaSettings =
    [
        "GF_SECURITY_ADMIN_PASSWORD__FILE", "GF_USERS_ALLOW_SIGN_UP", "GF_AUTH_ANONYMOUS_ENABLED", "GF_SNAPSHOTS_EXTERNAL_ENABLED", "GF_ANALYTICS_REPORTING_ENABLED",
        "GF_ANALYTICS_CHECK_FOR_UPDATES", "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "GF_PLUGINS_PREINSTALL_DISABLED",
    ];

    public static TheoryData<string> Files => ["docker-compose.yml", "docker-compose.tls.yml"];

    public static TheoryData<string> Services => [.. Compose.Services.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_has_a_default_and_a_word_in_the_documentation(string file)
    {
        var text = string.Join('\n', File.ReadLines(Repository.PathOf(file)).Where(l => !l.TrimStart().StartsWith('#')));
        var documented = File.ReadAllText(Repository.PathOf("docs", "operations.md"));

        Assert.All(Variable.Matches(text), v =>
        {
            Assert.True(v.Groups["default"].Success, $"{v.Value} has no default.");
            Assert.Contains(v.Groups["name"].Value, documented);
        });
        // A dollar that is not a variable must be doubled, or compose puts nothing in its place.
        Assert.DoesNotContain("$", Variable.Replace(text, "").Replace("$$", ""));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_says_only_what_compose_understands(string name)
    {
        var service = Compose.Service(name);

        Assert.Empty(service.Keys.Keys.Cast<string>().Except(ServiceKeys));
        Assert.True(service.Image != "" && (service.Build.Count == 0 || service.Build is { Count: 2 }), $"{name} has no image.");
        Assert.Empty(service.Networks.Except(Compose.Networks.Keys));
        Assert.Empty(service.Secrets.Except(Compose.Secrets.Keys));
        Assert.Distinct(service.Mounts.Select(m => m.Split(':')[1]));
        Assert.All(service.Environment.Values, value => Assert.NotNull(value));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_a_service_waits_for_is_there_and_can_say_that_it_is_well(string name)
    {
        Assert.All(Compose.Service(name).DependsOn, d =>
        {
            Assert.Equal("service_healthy", d.Value);
            Assert.NotEmpty(Compose.Service(d.Key).Health);
            Assert.Empty(Compose.Service(d.Key).List("profiles"));
        });
    }

    /// <summary>A host name in a setting is a service on a network of the same.</summary>
    [Theory]
    [InlineData("worker", "mosquitto")]
    [InlineData("worker", "influxdb")]
    [InlineData("grafana", "influxdb")]
    [InlineData("grafana", "mosquitto")]
    [InlineData("simulator", "mosquitto")]
    public void Who_speaks_to_whom_shares_a_network(string from, string to)
    {
        var service = Compose.Service(from);

        Assert.NotEmpty(service.Networks.Intersect(Compose.Service(to).Networks));
        Assert.Contains(to, string.Join(' ', service.Environment.Values.Concat(service.List("command"))));
    }

    [Fact]
    public void The_database_reaches_nobody_and_only_worker_and_Grafana_reach_it()
    {
        Assert.Equal(["data"], Compose.Service("influxdb").Networks);
        Assert.True(Compose.Networks["data"]);
        Assert.Equal(["grafana", "influxdb", "worker"], Compose.Services.Where(s => s.Networks.Contains("data")).Select(s => s.Name).Order());
        Assert.Equal(["alerts", "data"], Compose.Networks.Where(n => n.Value).Select(n => n.Key).Order());
    }

    [Fact]
    public void Settings_of_Grafana_are_ones_that_it_has()
    {
        Assert.Empty(Compose.Service("grafana").Environment.Keys.Where(k => k.StartsWith("GF_")).Except(GrafanaSettings));
        Assert.DoesNotContain(Compose.Service("grafana").Environment.Keys, k => !k.StartsWith("GF_") && !k.StartsWith("SMARTFARM_"));
    }

    [Fact]
    public void Only_who_asks_gets_a_simulator_and_it_plays_the_farm_of_the_worker()
    {
        var simulator = Compose.Service("simulator");

        Assert.Equal(["simulator"], simulator.List("profiles"));
        Assert.Equal(["simulator"], Compose.Services.Where(s => s.List("profiles").Count > 0).Select(s => s.Name));
        Assert.Equal(Compose.Service("worker").Mounts.Single(m => m.StartsWith("./farm")), simulator.Mounts.Single());
        Assert.Empty(simulator.Ports);
    }

    [Fact]
    public void With_TLS_the_open_port_is_closed()
    {
        var mosquitto = ComposeFile.Read(File.ReadAllText(Repository.PathOf("docker-compose.tls.yml")) + "\nnetworks: {}\nvolumes: {}\n").Service("mosquitto");
        var text = File.ReadAllText(Repository.PathOf("docker-compose.tls.yml"));

        Assert.Contains("ports: !override [", text);
        Assert.Equal(["${SMARTFARM_MQTT_BIND:-0.0.0.0}:8883:8883"], mosquitto.Ports);
        // The same place as in the first file, so that this one takes it.
        Assert.Contains(Compose.Service("mosquitto").Mounts, m => m.Split(':')[1] == mosquitto.Mounts.Single().Split(':')[1]);
        Assert.True(Directory.Exists(Repository.PathOf(mosquitto.Mounts.Single().Split(':')[0])));
        var listener = File.ReadAllText(Repository.PathOf("deploy", "mosquitto", "tls", "tls.conf"));
        Assert.All(mosquitto.Secrets, secret => Assert.Contains($"/run/secrets/{secret}\n", listener));
    }

    [Theory]
    [InlineData("bash", "deploy/make-secrets.sh")]
    [InlineData("bash", "deploy/influxdb/10-accounts.sh")]
    [InlineData("sh", "deploy/mosquitto/start.sh")]
    [InlineData("sh", "deploy/grafana/start.sh")]
    [InlineData("sh", "deploy/grafana/provision.sh")]
    public void Its_scripts_are_read_by_their_shell_and_end_at_the_first_error(string shell, string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var lines = File.ReadAllLines(Repository.PathOf(file));

        Assert.Equal((0, ""), Script.Run(shell, [], "-n", Repository.PathOf(file)));
        Assert.Contains(shell, lines[0]);
        Assert.Contains(lines, l => l is "set -eu" or "set -euo pipefail");
    }

    [Fact]
    public void No_script_is_forgotten_here()
    {
        var checkedHere = typeof(Compose_would_take_the_file).GetMethod(nameof(Its_scripts_are_read_by_their_shell_and_end_at_the_first_error))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[1].Value!);
        var there = Directory.GetFiles(Repository.PathOf("deploy"), "*.sh", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'));

        Assert.Equal(there.Order(), checkedHere.Order());
    }
}
