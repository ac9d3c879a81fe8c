using System.Net;
using SmartFarm.IntegrationTests.Life;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>From a candidate in a folder of its own to the set in charge, and to the answer why a vent opened; as an agronomist does it.</summary>
public sealed class Rule_sets_on_the_command_line : IAsyncLifetime
{
    private readonly TempFolder _farm = new();
    private readonly TempFolder _candidate = new();
    private readonly Mosquitto _broker = new();
    private WorkerProcess _worker = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && MosquittoClients.AreInstalled, "mosquitto and mosquitto-clients are not installed.");
        await _broker.StartAsync();
        _worker = new WorkerProcess(TestFarm.Write(_farm), ("SmartFarm__Mqtt__Port", $"{_broker.Port}"));
        await _worker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _farm.Dispose();
        _candidate.Dispose();
    }

    [Fact]
    public async Task A_candidate_is_published_promoted_and_explained()
    {
        TestFarm.Write(_candidate);
        var rules = _candidate.File("rules/climate.yaml");
        File.WriteAllText(rules, File.ReadAllText(rules).Replace("28 °C", "28 lux"));
        var (refused, findings, _) = await RunAsync("publish", "--from", _candidate.Path, "--author", "Aigul");
        Assert.Equal(1, refused);
        Assert.Contains("rules/climate.yaml:4", findings);

        File.WriteAllText(rules, File.ReadAllText(rules).Replace("28 lux", "24 °C").Replace("26 °C", "22 °C"));
        var (published, said, trouble) = await RunAsync("publish", "--from", _candidate.Path, "--author", "Aigul", "--note", "vents earlier");
        Assert.True(published == 0, said + trouble);
        Assert.Contains("by Aigul: vents earlier", said);
        var (promoted, versions, _) = await RunAsync("promote", "2", "--by", "Aigul");
        Assert.Equal(0, promoted);
        Assert.Contains("2  in charge", versions);
        Assert.Contains("1  before (roll-back)", versions);

        await MosquittoClients.PublishAsync(_broker.Port, "farm/t1/climate-1/telemetry", """{"air_temperature":25}""");
        var (_, why, _) = await Eventually.Is(() => RunAsync("explain", "roof_vent"), a => a.Output.Contains("60 %"));
        Assert.Contains("rule set 2 by Aigul (vents earlier)", why);
        Assert.Contains("air_temperature 25 °C > 24 °C", why);
    }

    [Fact]
    public async Task After_a_power_cut_in_the_middle_of_an_edit_the_last_good_set_goes_on()
    {
        await _worker.KillAsync();
        var rules = _farm.File("rules/climate.yaml");
        File.WriteAllText(rules, File.ReadAllText(rules).Replace("28 °C", "28 lux"));

        await _worker.StartAsync();

        var (_, versions, _) = await RunAsync("versions");
        Assert.Contains("1  in charge", versions);
        Assert.Contains("rules/climate.yaml:4", versions);
    }

    [Fact]
    public async Task A_page_in_a_browser_may_not_promote()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_worker.Url, "api/rules/promote?version=1&by=page"));
        request.Headers.Add("Origin", "http://elsewhere.example");
        using var answer = await _worker.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        Smartfarm.RunAsync(["rules", .. arguments, "--http-port", $"{_worker.Port}"]);
}
