using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Deploy;

/// <summary>Runs deploy/make-secrets.sh into a folder of its own.</summary>
public sealed class Secrets_are_made_not_shipped : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_secret_that_compose_mounts_is_made_and_no_other()
    {
        Assert.Equal(0, Run());
        Assert.Equal(ComposeFile.Default.Secrets.Keys.Except(["mqtt_simulator_password"]).Order(), Made().Keys.Order());
        Assert.Equal(0, Run("simulator"));

        Assert.Equal(ComposeFile.Default.Secrets.Values.Select(f => Path.GetFileName(f)).Order(), Made().Keys.Order());
        Assert.Equal(ComposeFile.Default.Secrets.Keys.Order(), ComposeFile.Default.Services.SelectMany(s => s.Secrets).Distinct().Order());
        Assert.All(ComposeFile.Default.Secrets, s => Assert.Equal($"./secrets/{s.Key}", s.Value));
    }

    [Fact]
    public void They_are_long_random_and_for_the_owner_only()
    {
        Run();
        var values = Made().Where(f => f.Key is not ("mqtt_devices" or "alert_contacts")).Select(f => f.Value).ToArray();

        Assert.Distinct(values);
        Assert.All(values, v => Assert.InRange(v.Length, 32, 64));
        Assert.All(values, v => Assert.All(v, c => Assert.True(char.IsAsciiLetterOrDigit(c))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Secrets));
        }
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        Run();
        var before = Made();
        Run();

        Assert.Equal(before, Made());
    }

    [Fact]
    public void A_device_gets_an_account_once()
    {
        Assert.Equal(0, Run("device", "turkestan-1", "climate-1"));
        Assert.Equal(0, Run("device", "turkestan-1", "ctrl-1"));
        Assert.NotEqual(0, Run("device", "turkestan-1", "climate-1"));

        Assert.Equal(["turkestan-1/climate-1", "turkestan-1/ctrl-1"], Made()["mqtt_devices"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[0]));
    }

    [Fact]
    public void The_simulator_gets_an_account_only_when_it_is_asked_for()
    {
        Run();
        Assert.Empty(Made()["mqtt_devices"]);

        Assert.Equal(0, Run("simulator"));
        Assert.Equal(0, Run("simulator"));

        Assert.Equal($"simulator:{Made()["mqtt_simulator_password"]}\n", Made()["mqtt_devices"]);
    }

    [Fact]
    public void Contacts_of_alerts_are_offered_and_none_is_set()
    {
        Run();

        Assert.All(Made()["alert_contacts"].Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("#", line));
    }

    [Theory]
    [InlineData()]
    [InlineData("farm-pc", "a b")]
    [InlineData("farm-pc,DNS:evil.example")]
    public void A_certificate_needs_names_that_are_names(params string[] hosts) => Assert.NotEqual(0, Run(["tls", .. hosts]));

    [Theory]
    [InlineData("+")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("Upper")]
    [InlineData("")]
    public void A_name_that_could_reach_other_topics_is_refused(string name)
    {
        Assert.NotEqual(0, Run("device", "turkestan-1", name));
        Assert.Empty(Made()["mqtt_devices"]);
    }

    private string Secrets => _folder.File("secrets");

    private Dictionary<string, string> Made() => Directory.GetFiles(Secrets).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    private int Run(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "make-secrets.sh needs bash");
        return Script.Run("bash", [("SMARTFARM_SECRETS", Secrets)], [Repository.PathOf("deploy", "make-secrets.sh"), .. arguments]).Code;
    }
}
