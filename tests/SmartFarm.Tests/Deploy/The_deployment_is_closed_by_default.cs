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
        Assert.NotEmpty(service.Text("cpus"));
        Assert.NotEmpty(service.Text("pids_limit"));
        Assert.Equal("json-file", ((Dictionary<object, object>)service.Keys["logging"])["driver"]);
        Assert.Equal(["max-size", "max-file"], ((Dictionary<object, object>)((Dictionary<object, object>)service.Keys["logging"])["options"]).Keys);
        Assert.Equal("unless-stopped", service.Text("restart"));
        var user = service.User is "" ? ContainerFile.Default.Stage(service.Build["target"]).Last(i => i.Name == "USER").Text : service.User;
        Assert.DoesNotContain(user, new[] { "", "root", "0", "0:0" });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_says_whether_it_is_well(string name)
    {
        var health = Compose.Service(name).Health;

        Assert.True(health.ContainsKey("test") || ContainerFile.Default.Stage(Compose.Service(name).Build["target"]).Any(i => i.Name == "HEALTHCHECK"));
        Assert.Empty(health.Keys.Except(["test", "interval", "timeout", "retries", "start_period"]));
    }

    [Fact]
    public void Images_are_pinned_to_a_patch()
    {
        var images = Compose.Services.Where(s => s.Build.Count == 0).Select(s => s.Image).ToList();

        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Matches(Pinned, image));
        // The slim image of Grafana has no data source for InfluxDB.
        Assert.DoesNotContain(images, image => image.EndsWith("-slim"));
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there()
    {
        var mounted = Compose.Services.SelectMany(s => s.Mounts).Where(m => m.StartsWith("./")).Select(m => m.Split(':')).ToList();

        Assert.DoesNotContain(mounted, m => !Path.Exists(Repository.PathOf(m[0])));
        Assert.All(mounted, m => Assert.Equal("ro", m[^1]));
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
        Assert.DoesNotContain(Compose.Services.SelectMany(s => s.List("command").Concat(s.List("entrypoint"))), word => secret.IsMatch(word) && word != "--password-file" && !word.StartsWith("/run/"));
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
        var start = File.ReadAllText(Repository.PathOf("deploy", "grafana", "start.sh"));

        Assert.All(asked, name => Assert.True(grafana.Environment.ContainsKey(name) || start.Contains($"{name}=$(cat"), $"Grafana has no {name}."));
        Assert.Equal(["/bin/sh", "/etc/smartfarm/start.sh"], grafana.List("entrypoint"));
        Assert.Contains("./deploy/grafana:/etc/smartfarm:ro", grafana.Mounts);
        Assert.Contains("./dashboards/provisioning:/etc/provisioning:ro", grafana.Mounts);
    }

    [Theory]
    [InlineData("en", "smartfarm", "SmartFarm")]
    [InlineData("ru", "smartfarm-ru", "SmartFarm (русский)")]
    [InlineData("kk", "smartfarm-kk", "SmartFarm (қазақша)")]
    [InlineData("ko", "smartfarm-ko", "SmartFarm (한국어)")]
    public void Grafana_looks_for_the_dashboards_of_a_language_where_they_are_mounted(string language, string folderUid, string folder)
    {
        var provider = File.ReadAllText(Repository.PathOf("dashboards", "provisioning", "dashboards", "smartfarm.yaml"))
            .Split("  - name: ").Single(p => p.Contains($"folderUid: {folderUid}\n"));
        var mount = Compose.Service("grafana").Mounts.Single(m => m.StartsWith("./dashboards:")).Split(':')[1];

        Assert.Contains($"folder: {folder}\n", provider);
        Assert.Contains($"path: {mount}/{language} }}", provider);
        Assert.Contains("disableDeletion: true\n", provider);
        Assert.Contains("allowUiUpdates: false\n", provider);
        Assert.True(File.Exists(Repository.PathOf("dashboards", language, "overview.json")), "The dashboard that opens first is missing.");
    }
}
