using System.Diagnostics;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>The quick cases of <c>tests/campaign</c>, as a person runs them.</summary>
public sealed class The_campaign_in_its_short_form(ITestOutputHelper output)
{
    [Fact]
    public async Task Loses_nothing()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && InfluxDb.IsInstalled, "mosquitto and influxdb are not installed.");
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Repository.PathOf("tests", "SmartFarm.Campaign", "bin", framework.Parent!.Name, framework.Name, "smartfarm-campaign.dll");

        var start = new ProcessStartInfo("dotnet", [program, "--short"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var campaign = Process.Start(start)!;
        campaign.OutputDataReceived += (_, e) => output.WriteLine(e.Data ?? "");
        campaign.ErrorDataReceived += (_, e) => output.WriteLine(e.Data ?? "");
        campaign.BeginOutputReadLine();
        campaign.BeginErrorReadLine();
        await campaign.WaitForExitAsync();

        Assert.Equal(0, campaign.ExitCode);
    }
}
