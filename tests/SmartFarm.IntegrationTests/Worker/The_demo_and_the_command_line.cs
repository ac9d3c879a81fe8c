using System.Diagnostics;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>What a newcomer types first, and what the program says when something is in the way.</summary>
public sealed class The_demo_and_the_command_line
{
    [Fact]
    public async Task The_demo_serves_a_living_farm_from_a_bare_checkout()
    {
        using var data = new TempFolder();
        var (http, mqtt) = (Ports.Free(), Ports.Free());
        using var demo = Start("demo", "--farm", Repository.PathOf("farm"), "--data", data.Path, "--http-port", $"{http}", "--mqtt-port", $"{mqtt}", "--past", "0.2");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}/") };
            var zones = await Eventually.Is(() => AskAsync(client, "api/zones"), a => a.Contains("\"air_temperature\"") && a.Contains("\"fresh\":true"), seconds: 60);
            Assert.Contains("gh1", zones);
            Assert.Contains("<!DOCTYPE html>", await client.GetStringAsync("/"), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("roof_vent", await AskAsync(client, "api/actuators"));
            Assert.Contains("\"balanced\":true", await AskAsync(client, "api/ledger"));
            Assert.Contains("healthy", await AskAsync(client, "health/ready"));
        }
        finally
        {
            demo.Kill();
            await demo.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_sentence()
    {
        using var data = new TempFolder();
        var port = Ports.Free();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        other.Start();

        var (code, _, errors) = await RunAsync("demo", "--farm", Repository.PathOf("farm"), "--data", data.Path, "--http-port", $"{port}");

        Assert.Equal(2, code);
        Assert.Equal($"Port {port} on 127.0.0.1 for the web console is in use by another program: stop it, or choose another port with --http-port.", errors.Trim());
    }

    [Fact]
    public async Task Check_finds_nothing_in_the_farm_that_we_ship()
    {
        var (code, output, _) = await RunAsync("check", "--farm", Repository.PathOf("farm"));

        Assert.Contains("Nothing to mend.", output);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Check_names_a_mistake_with_file_line_and_column()
    {
        using var folder = new TempFolder();
        var farm = TestFarm.Write(folder);
        File.WriteAllText(folder.File("rules/climate.yaml"), """
            rules:
              - id: vent-on-heat
                zones: [gh1]
                when: air_temprature > 28 °C
                set: { roof_vent: 60 % }
            """);

        var (code, output, _) = await RunAsync("check", "--farm", farm);

        Assert.Equal(1, code);
        Assert.Contains("rules/climate.yaml:4:", output);
        Assert.Contains("air_temperature", output);
    }

    [Fact]
    public async Task A_farm_that_is_missing_is_one_clear_sentence()
    {
        using var folder = new TempFolder();

        var (code, _, errors) = await RunAsync("run", "--farm", folder.File("nowhere"), "--data", folder.File("data"));

        Assert.Equal(2, code);
        Assert.Contains("nowhere: There is no such farm folder", errors);
        Assert.DoesNotContain("   at ", errors);
    }

    [Fact]
    public async Task The_doctor_names_a_broker_that_is_away_and_the_mend()
    {
        using var folder = new TempFolder();

        var (code, output, _) = await RunAsync("doctor", "--farm", TestFarm.Write(folder), "--data", folder.File("data"), "--mqtt-port", $"{Ports.Free()}");

        Assert.Equal(1, code);
        Assert.Contains("MEND  broker", output);
        Assert.Contains("SmartFarm__Mqtt__Host", output);
        Assert.Contains("ok    farm", output);
    }

    private static async Task<string> AskAsync(HttpClient client, string path)
    {
        try
        {
            return await client.GetStringAsync(path);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [WorkerProcess.Program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}
