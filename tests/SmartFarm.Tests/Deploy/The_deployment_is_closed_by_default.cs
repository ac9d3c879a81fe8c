using System.Text.RegularExpressions;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Deploy;

/// <summary>Reads docker-compose.yml and the Dockerfile as a careful reviewer would.</summary>
public sealed class The_deployment_is_closed_by_default
{
    private static readonly Regex Pinned = new(@":\d+\.\d+\.\d+(-[a-z]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    private static readonly ComposeFile Compose = ComposeFile.Default;
    private static readonly string[] Dockerfile = File.ReadAllLines(Repository.PathOf("Dockerfile"));

    public static TheoryData<string> Services => [.. Compose.Services.Select(s => s.Name)];

    [Fact]
    public void Nothing_is_published_but_what_is_documented()
    {
        Assert.Equal(
            ["mosquitto ${SMARTFARM_MQTT_BIND:-0.0.0.0}:1883:1883", "grafana 127.0.0.1:3000:3000", "worker 127.0.0.1:8080:8080"],
            Compose.Services.SelectMany(s => s.Ports.Select(p => $"{s.Name} {p}")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_has_no_more_rights_than_it_needs(string name)
    {
        var service = Compose.Service(name);

        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.List("cap_drop"));
        Assert.Equal(["no-new-privileges:true"], service.List("security_opt"));
        Assert.NotEmpty(service.Text("mem_limit"));
        Assert.NotEmpty(service.Text("pids_limit"));
        Assert.NotEmpty(service.Text("logging"));
        Assert.Equal("unless-stopped", service.Text("restart"));
        Assert.True(service.User is not ("" or "root" or "0") || Dockerfile.Contains("USER $APP_UID"), $"{name} runs as root.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_says_whether_it_is_well(string name)
    {
        Assert.True(Compose.Service(name).Text("healthcheck") != "" || (name == "worker" && Dockerfile.Any(l => l.StartsWith("HEALTHCHECK"))));
    }

    [Fact]
    public void Images_are_pinned_to_a_patch()
    {
        var images = Compose.Services.Where(s => s.Text("build") == "").Select(s => s.Image)
            .Concat(Dockerfile.Where(l => l.StartsWith("FROM ")).Select(l => l.Split(' ')[1]));

        Assert.All(images, image => Assert.Matches(Pinned, image));
        Assert.DoesNotContain(images, image => image.EndsWith("-slim"));
    }

    [Fact]
    public void The_images_of_NET_belong_together_with_the_SDK_that_tests_it()
    {
        Assert.Equal(["mcr.microsoft.com/dotnet/sdk:10.0.401-noble", "mcr.microsoft.com/dotnet/aspnet:10.0.12-noble"],
            Dockerfile.Where(l => l.StartsWith("FROM ")).Select(l => l.Split(' ')[1]));
    }

    [Fact]
    public void Every_file_that_is_mounted_or_copied_is_there()
    {
        var mounted = Compose.Services.SelectMany(s => s.Mounts).Where(m => m.StartsWith("./")).Select(m => m.Split(':')[0]);
        var copied = Dockerfile.Where(l => l.StartsWith("COPY ") && !l.Contains("--from")).SelectMany(l => l.Split(' ')[1..^1]);

        Assert.DoesNotContain(mounted.Concat(copied), p => !Path.Exists(Repository.PathOf(p)));
        Assert.DoesNotContain(copied, p => !File.ReadLines(Repository.PathOf(".dockerignore")).Contains("!" + p));
    }

    [Fact]
    public void Every_volume_that_is_mounted_is_declared_and_used()
    {
        var used = Compose.Services.SelectMany(s => s.Mounts).Where(m => !m.StartsWith("./")).Select(m => m.Split(':')[0]).Distinct();

        Assert.Equal(Compose.Volumes.Order(), used.Order());
    }

    [Fact]
    public void No_password_stands_in_the_open()
    {
        var secret = new Regex("PASSWORD|TOKEN|SECRET", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

        Assert.All(
            Compose.Services.SelectMany(s => s.Environment).Where(e => secret.IsMatch(e.Key)),
            e => Assert.True(e.Key.EndsWith("File", StringComparison.OrdinalIgnoreCase) && e.Value.StartsWith("/run/"), $"{e.Key} is {e.Value}"));
        Assert.StartsWith("*", File.ReadLines(Repository.PathOf(".dockerignore")).First(l => !l.StartsWith('#')));
    }

    [Fact]
    public void Every_setting_of_the_worker_is_one_that_it_reads()
    {
        var inImage = Dockerfile.SelectMany(l => Regex.Matches(l, "SmartFarm__[A-Za-z_]+", RegexOptions.NonBacktracking)).Select(m => m.Value);
        var named = Compose.Service("worker").Environment.Keys.Where(k => k.StartsWith("SmartFarm__")).Concat(inImage);

        Assert.Empty(named.Except(House.KnownSettings.Defaults.Keys));
        Assert.NotEmpty(named);
    }

    [Fact]
    public void Grafana_gets_everything_that_its_data_source_asks_for()
    {
        var source = File.ReadAllText(Repository.PathOf("dashboards", "provisioning", "datasources", "smartfarm.yaml"));
        var asked = Regex.Matches(source, @"\$(?<name>[A-Z_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["name"].Value);
        var grafana = Compose.Service("grafana");

        Assert.All(asked, name => Assert.True(grafana.Environment.ContainsKey(name) || grafana.List("entrypoint").Any(e => e.Contains($"export {name};")), $"Grafana has no {name}."));
        Assert.Contains("./dashboards/provisioning:/etc/grafana/provisioning:ro", grafana.Mounts);
    }

    [Fact]
    public void Grafana_looks_for_dashboards_where_they_are_mounted()
    {
        var provider = File.ReadAllText(Repository.PathOf("dashboards", "provisioning", "dashboards", "smartfarm.yaml"));
        var mount = Compose.Service("grafana").Mounts.Single(m => m.StartsWith("./dashboards:")).Split(':')[1];

        Assert.Contains($"path: {mount}\n", provider);
        Assert.Equal($"{mount}/overview.json", Compose.Service("grafana").Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]);
    }
}
