using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SmartFarm.IntegrationTests.Life;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Deploy;

/// <summary>The unit file as systemd reads it, and the health check of the image against a real worker.</summary>
public sealed class The_unit_and_the_container
{
    private static readonly string[] Unit = File.ReadAllLines(Repository.PathOf("deploy", "systemd", "smartfarm.service"));

    /// <summary>With a program that is there: verify also looks whether it can be started.</summary>
    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        Assert.SkipWhen(Programs.Find("systemd-analyze") is null, "systemd-analyze is not installed.");
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("smartfarm.service"), Unit.Select(l => l.Replace("/usr/bin/dotnet", "/bin/true")));

        var (code, output, errors) = await Smartfarm.RunProgramAsync([], Programs.Find("systemd-analyze")!, "verify", "--man=no", folder.File("smartfarm.service"));

        Assert.DoesNotContain("smartfarm.service", output + errors);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Nor_with_what_is_added_to_the_unit_of_Grafana()
    {
        Assert.SkipWhen(Programs.Find("systemd-analyze") is null, "systemd-analyze is not installed.");
        using var folder = new TempFolder();
        var unit = folder.File("grafana-server.service");
        File.WriteAllText(unit, "[Service]\nExecStart=/bin/true\n");
        File.Copy(Repository.PathOf("deploy", "systemd", "grafana-server.conf"), Path.Combine(Directory.CreateDirectory(unit + ".d").FullName, "smartfarm.conf"));

        var (code, output, errors) = await Smartfarm.RunProgramAsync([("SYSTEMD_UNIT_PATH", folder.Path + ":")], Programs.Find("systemd-analyze")!, "verify", "--man=no", unit);

        Assert.Equal((0, ""), (code, output + errors));
    }

    [Theory]
    [InlineData("Type=notify")]
    [InlineData("Restart=always")]
    [InlineData("StateDirectory=smartfarm")]
    [InlineData("NoNewPrivileges=true")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("CapabilityBoundingSet=")]
    public void The_unit_says(string line) => Assert.Contains(line, Unit);

    [Fact]
    public void The_manager_is_more_patient_than_our_own_limit()
    {
        Assert.True(Seconds("TimeoutStopSec") > new SmartFarm.Worker.Settings.StopSettings().LimitSeconds);
        Assert.True(Seconds("WatchdogSec") >= 30, "A commit on a slow disk may take seconds, and its retry pauses for ten.");
    }

    [Fact]
    public async Task The_health_check_of_the_image_tells_a_ready_worker_from_one_that_is_not()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled && Programs.Find("bash") is not null, "mosquitto or bash is not installed.");
        using var farm = new TempFolder();
        await using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var worker = new WorkerProcess(TestFarm.Write(farm), ("SmartFarm__Mqtt__Port", $"{broker.Port}"));
        await worker.StartAsync();

        Assert.Equal(0, await CheckAsync(worker.Port));
        await broker.KillAsync();
        Assert.NotEqual(0, await Eventually.Is(() => CheckAsync(worker.Port), code => code != 0));
        await worker.KillAsync();
        Assert.NotEqual(0, await CheckAsync(worker.Port));
    }

    /// <summary>The health check of the simulator looks for a connection to a port; here to one of our own.</summary>
    [Fact]
    public async Task The_health_check_of_the_simulator_sees_whether_it_is_connected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        var check = File.ReadLines(Repository.PathOf("docker-compose.yml")).Select(l => l.Trim()).Single(l => l.StartsWith("test: [\"CMD\", \"grep\""));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var words = check["test: [".Length..^1].Split(", ").Select(w => w.Trim('"')).Skip(1).Select(w => w.Replace("075C", $"{port:X4}")).ToArray();
        Assert.Contains($":{1884:X4} 01 ", check);

        Assert.NotEqual(0, (await Smartfarm.RunProgramAsync([], words[0], words[1..])).ExitCode);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Smartfarm.RunProgramAsync([], words[0], words[1..])).ExitCode);
    }

    private static async Task<int> CheckAsync(int port)
    {
        var command = JsonSerializer.Deserialize<string[]>(File.ReadAllLines(Repository.PathOf("Dockerfile")).Single(l => l.TrimStart().StartsWith("CMD [\"bash\""))[6..])!;
        var (code, _, _) = await Smartfarm.RunProgramAsync([("SmartFarm__Http__Port", $"{port}")], command[0], command[1..]);
        return code;
    }

    private static double Seconds(string name) => double.Parse(Unit.Single(l => l.StartsWith(name + "=")).Split('=')[1]);
}
