using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using SmartFarm.IntegrationTests.Life;
using SmartFarm.IntegrationTests.Sqlite;
using SmartFarm.IntegrationTests.Worker;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Diagnosis;

/// <summary>Each fault is made for real, and the program is asked as an operator asks it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class The_doctor_on_this_computer : IDisposable
{
    // No broker belongs to these faults: with the embedded one the doctor waits for none.
    private static readonly (string, string) NoBroker = ("SmartFarm__Broker__Enabled", "true");
    private readonly TempFolder _farm = new();
    private readonly TempFolder _data = new();
    private readonly int _http = Ports.Free();

    public The_doctor_on_this_computer() => TestFarm.Write(_farm);

    [Fact]
    public async Task A_misspelt_setting_is_named_with_the_nearest_one()
    {
        var (code, output, _) = await AskAsync(("SmartFarm__Influx__Ulr", "http://127.0.0.1:8086"));

        Assert.Equal(1, code);
        Assert.Contains("MEND  settings  There is no setting 'Ulr'", output);
        Assert.Contains("did you mean 'Url'?", output);
    }

    [Fact]
    public async Task A_setting_with_single_underscores_is_named_as_it_must_be()
    {
        var (code, output, _) = await AskAsync(("SMARTFARM_INFLUX_URL", "http://127.0.0.1:8086"));

        Assert.Equal(1, code);
        Assert.Contains("MEND  settings  The environment variable SMARTFARM_INFLUX_URL is not read: it must be called SmartFarm__Influx__Url", output);
    }

    [Fact]
    public async Task A_time_zone_that_nobody_knows_is_a_mistake_of_the_farm_folder()
    {
        File.WriteAllText(_farm.File("farm.yaml"), File.ReadAllText(_farm.File("farm.yaml")).Replace("Asia/Almaty", "Asia/Alma-Ata-City"));

        var line = await LineAsync("farm");

        Assert.StartsWith("MEND", line);
        Assert.Contains("Asia/Alma-Ata-City", line);
    }

    [Fact]
    public async Task A_folder_of_another_user_is_named_with_the_mend()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Programs.Find("setpriv") is not null, "becoming another user needs root and setpriv.");
        using var copy = new TempFolder();
        await Smartfarm.RunProgramAsync([], "cp", "-r", Path.GetDirectoryName(WorkerProcess.Program)! + "/.", copy.Path);
        await Smartfarm.RunProgramAsync([], "chmod", "-R", "a+rX", copy.Path);
        await Smartfarm.RunProgramAsync([], "chmod", "755", _data.Path, _farm.Path);
        var program = copy.File(Path.GetFileName(WorkerProcess.Program));

        var (_, output, errors) = await Smartfarm.RunProgramAsync(
            [NoBroker, ("DOTNET_CLI_HOME", "/tmp")], "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", program, .. Arguments()]);

        Assert.Contains("MEND  disk", output + errors);
        Assert.Contains("chown", output);
    }

    [Fact]
    public async Task A_small_disk_in_memory_is_both_too_full_and_not_lasting()
    {
        await using var disk = await SmallDisk.MountAsync(100);
        Assert.SkipWhen(disk is null, "a small disk of its own needs the right to mount one.");

        var (_, output, _) = await Smartfarm.RunAsync([NoBroker], "doctor", "--farm", _farm.Path, "--data", disk.Path, "--http-port", $"{_http}", "--mqtt-port", $"{Ports.Free()}");

        Assert.Matches(@"MEND  disk .*only 10\d MB free", output);
        Assert.Contains("is on tmpfs, in memory", output);
    }

    [Fact]
    public async Task A_damaged_database_is_found()
    {
        OlderFolder.Make(_data.Path, 1);
        using (var file = File.OpenWrite(_data.File(SqliteFolder.FileName)))
        {
            file.Seek(8192, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xA5, 16_384).ToArray());
        }

        var line = await LineAsync("store");

        Assert.StartsWith("MEND", line);
        Assert.Contains("is damaged", line);
        Assert.Contains("smartfarm restore", line);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_found()
    {
        OlderFolder.Make(_data.Path, 1);
        using (var connection = OlderFolder.Connect(_data.Path))
        {
            OlderFolder.Execute(connection, "PRAGMA user_version = 99");
        }

        Assert.Contains("has format 99, written by a newer SmartFarm", await LineAsync("store"));
    }

    [Fact]
    public async Task Who_has_the_folder_and_the_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, _http);
        other.Start();
        await using var folder = SqliteFolder.Open(_data.Path, new SqliteOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        var (_, output, _) = await AskAsync();

        Assert.Matches($@"MEND  folder .* is open in process {Environment.ProcessId} \(", output);
        Assert.Matches($@"MEND  ports .*Port {_http} \(SmartFarm__Http__Port\) is in use by process {Environment.ProcessId} \(", output);
    }

    [Fact]
    public async Task Too_few_open_files_are_named()
    {
        var (_, output, _) = await Smartfarm.RunProgramAsync([NoBroker], "sh", ["-c", $"ulimit -n 300; exec dotnet {WorkerProcess.Program} {string.Join(' ', Arguments())}"]);

        Assert.Contains("MEND  files     Only 300 files", output);
    }

    [Fact]
    public async Task The_time_service_has_three_answers_and_this_is_one_of_them() => Assert.Matches("^(ok  |MEND|[?]   )  time ", await LineAsync("time"));

    public void Dispose()
    {
        _farm.Dispose();
        _data.Dispose();
    }

    private string[] Arguments() => ["doctor", "--farm", _farm.Path, "--data", _data.Path, "--http-port", $"{_http}", "--mqtt-port", $"{Ports.Free()}"];

    private Task<(int ExitCode, string Output, string Errors)> AskAsync(params (string, string)[] settings) => Smartfarm.RunAsync([NoBroker, .. settings], Arguments());

    private async Task<string> LineAsync(string name)
    {
        var (_, output, errors) = await AskAsync();
        return output.Split('\n').FirstOrDefault(l => l.Length > 6 && l[6..].StartsWith(name + " ", StringComparison.Ordinal)) ?? output + errors;
    }
}
