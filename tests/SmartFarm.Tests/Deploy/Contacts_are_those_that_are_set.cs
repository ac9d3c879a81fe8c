using System.Text.RegularExpressions;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;
using YamlDotNet.Serialization;

namespace SmartFarm.Tests.Deploy;

/// <summary>Runs deploy/grafana/start.sh with a program that prints in Grafana's place, and reads what Grafana would read.</summary>
public sealed class Contacts_are_those_that_are_set : IDisposable
{
    private readonly TempFolder _folder = new();

    public Contacts_are_those_that_are_set() => Assert.SkipWhen(OperatingSystem.IsWindows(), "start.sh needs sh");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("# nobody\n\n", new string[0])]
    [InlineData("SMARTFARM_ALERT_EMAIL=a@b.kz", new[] { "sf-contact-email" })]
    [InlineData("SMARTFARM_ALERT_TELEGRAM_TOKEN=12:ab=\nSMARTFARM_ALERT_TELEGRAM_CHAT=-100\nSMARTFARM_ALERT_WEBHOOK=https://x/?a=b&c=$d", new[] { "sf-contact-telegram", "sf-contact-webhook" })]
    public void Grafana_is_given_these_and_forgets_the_others(string contacts, string[] receivers)
    {
        Assert.Equal(0, Run(contacts).Code);

        var file = Yaml("alerting/contact-points.yaml");
        Assert.Equal(receivers, Uids(file.TryGetValue("contactPoints", out var points) ? ((List<object>)((Dictionary<object, object>)((List<object>)points)[0])["receivers"]) : []));
        Assert.Equal(All.Except(receivers), Uids((List<object>)file["deleteContactPoints"]));
        Assert.Equal(receivers.Length == 0 ? "resetPolicies" : "policies", Yaml("alerting/policies.yaml").Keys.Single(k => (string)k != "apiVersion"));
        Assert.Equal(File.ReadAllText(Source("alerting/rules.yaml")), File.ReadAllText(Made("alerting/rules.yaml")));
    }

    [Fact]
    public void In_compose_the_broker_is_always_one()
    {
        var grafana = ComposeFile.Default.Service("grafana");

        Assert.Equal(0, Run("", [.. grafana.Environment.Where(e => e.Key.StartsWith("SMARTFARM_ALERT_")).Select(e => (e.Key, e.Value))]).Code);
        Assert.DoesNotContain("sf-contact-mqtt", Uids((List<object>)Yaml("alerting/contact-points.yaml")["deleteContactPoints"]));
    }

    [Fact]
    public void Secrets_and_the_language_reach_Grafana()
    {
        var (code, output) = Run("GF_SMTP_PASSWORD=a = b $HOME", [("SMARTFARM_LANGUAGE", "ru")]);

        Assert.Equal(0, code);
        Assert.Contains("GF_SMTP_PASSWORD=a = b $HOME\n", output);
        Assert.Contains("SMARTFARM_INFLUX_PASSWORD=influx-secret\n", output);
        Assert.Contains("SMARTFARM_ALERT_MQTT_PASSWORD=alerts-secret\n", output);
        Assert.Contains("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=/var/lib/grafana/dashboards/ru/overview.json\n", output);
        Assert.Contains("GF_USERS_DEFAULT_LANGUAGE=ru-RU\n", output);
        Assert.Contains($"GF_PATHS_PROVISIONING={_folder.File("made")}\n", output);
    }

    [Theory]
    [InlineData("PATH=/tmp", "en", "PATH")]
    [InlineData("rm -rf /", "en", "rm -rf /")]
    [InlineData("", "de", "SMARTFARM_LANGUAGE is 'de'")]
    public void What_is_not_known_stops_the_start_with_a_sentence(string contacts, string language, string named)
    {
        var (code, output) = Run(contacts, [("SMARTFARM_LANGUAGE", language)]);

        Assert.Equal(2, code);
        Assert.Contains(named, output);
    }

    [Fact]
    public void Every_variable_of_a_contact_is_documented_and_offered()
    {
        var named = Regex.Matches(File.ReadAllText(Source("alerting/contact-points.yaml")), @"\$(?<name>[A-Z_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["name"].Value).Distinct();
        var offered = File.ReadAllText(Repository.PathOf("deploy", "make-secrets.sh")) + string.Join(' ', ComposeFile.Default.Service("grafana").Environment.Keys) + File.ReadAllText(Repository.PathOf("deploy", "grafana", "start.sh"));
        var documented = File.ReadAllText(Repository.PathOf("docs", "operations.md"));

        Assert.All(named, name => Assert.True(offered.Contains(name) && documented.Contains(name), $"{name} is not offered or not documented."));
    }

    private static string[] All => [.. File.ReadLines(Source("alerting/contact-points.yaml")).Where(l => l.Contains("- uid:")).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])];

    private static string Source(string file) => Repository.PathOf("dashboards", "provisioning", file);

    private static IEnumerable<string> Uids(List<object> entries) => entries.Select(e => (string)((Dictionary<object, object>)e)["uid"]);

    private string Made(string file) => Path.Combine(_folder.File("made"), file);

    private Dictionary<object, object> Yaml(string file) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Made(file)));

    private (int Code, string Output) Run(string contacts, params (string Name, string Value)[] environment)
    {
        var secrets = Directory.CreateDirectory(_folder.File("secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "grafana_influx_password"), "influx-secret");
        File.WriteAllText(Path.Combine(secrets, "mqtt_alerts_password"), "alerts-secret");
        File.WriteAllText(Path.Combine(secrets, "alert_contacts"), contacts);
        return Script.Run("sh", environment, Repository.PathOf("deploy", "grafana", "start.sh"), secrets, Repository.PathOf("dashboards", "provisioning"), _folder.File("made"), Programs.Find("env")!);
    }
}
