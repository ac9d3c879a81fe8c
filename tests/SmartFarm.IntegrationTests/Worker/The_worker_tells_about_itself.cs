using System.Diagnostics;
using System.Text.Json;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>The real worker with the embedded broker and store, asked for its numbers in every way it has.</summary>
public sealed class The_worker_tells_about_itself : IAsyncLifetime
{
    private readonly TempFolder _farm = new();
    private readonly int _mqtt = Ports.Free();

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(MosquittoClients.AreInstalled, "mosquitto-clients are not installed.");
        TestFarm.Write(_farm);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _farm.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task By_OTLP_and_in_the_database()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var worker = Worker(("SmartFarm__Otlp__Endpoint", receiver.Url.ToString()));
        await worker.StartAsync();
        foreach (var seq in new[] { 1, 2, 5 })
        {
            await MosquittoClients.PublishAsync(_mqtt, "farm/t1/climate-1/telemetry", $$"""{"seq":{{seq}},"air_temperature":21,"co2":{{400 + seq}}}""");
        }

        await Eventually.Is(() => Task.FromResult(receiver.Metrics.GetValueOrDefault("smartfarm.worker.readings_stored")), stored => stored == 6, seconds: 60);
        Assert.Equal(2, receiver.Metrics["smartfarm.worker.ledger_missing"]);
        Assert.Equal(0, receiver.Metrics["smartfarm.worker.ledger_unexplained"]);
        Assert.InRange(receiver.Metrics["smartfarm.worker.memory_bytes"], 1e6, 4e9);
        await Eventually.Is(() => worker.GetAsync("api/ledger"), a => a.Contains("\"missing\":2"));
    }

    [Fact]
    public async Task As_JSON_in_the_log_while_the_OTLP_receiver_is_away_and_everything_else_goes_on()
    {
        await using var worker = Worker(("SmartFarm__Otlp__Endpoint", $"http://127.0.0.1:{Ports.Free()}"), ("SmartFarm__Log__Format", "json"));
        await worker.StartAsync();
        await MosquittoClients.PublishAsync(_mqtt, "farm/t1/climate-1/telemetry", """{"air_temperature":21}""");
        await Eventually.Is(() => worker.GetAsync("api/ledger"), a => a.Contains("\"stored\":1"));

        var output = await Eventually.Is(() => Task.FromResult(worker.Output), o => o.Contains("could not be sent to"), seconds: 60);

        var lines = output.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var fault = Assert.Single(lines, l => l.GetProperty("Message").GetString()!.Contains("could not be sent to"));
        Assert.Equal("Warning", fault.GetProperty("LogLevel").GetString());
        Assert.Contains("SmartFarm__Otlp__Endpoint", fault.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task To_the_doctor_while_it_runs_and_after_it_was_killed()
    {
        await using var worker = Worker();
        await worker.StartAsync();
        await MosquittoClients.PublishAsync(_mqtt, "farm/t1/climate-1/telemetry", """{"air_temperature":21,"mojo":1}""");
        await Eventually.Is(() => worker.GetAsync("api/ledger"), a => a.Contains("\"stored\":1"));

        Assert.Contains("ok    ledger    balanced: 2 readings received, 0 of them in flight.", await DoctorAsync(worker));
        await worker.KillAsync();
        Assert.Contains("ok    ledger    balanced: 2 readings received, 0 of them in flight.", await DoctorAsync(worker));
    }

    private WorkerProcess Worker(params (string Name, string Value)[] settings) => new(
        _farm.Path,
        [("SmartFarm__Broker__Enabled", "true"), ("SmartFarm__Broker__Port", $"{_mqtt}"), ("SmartFarm__Mqtt__Port", $"{_mqtt}"), .. settings]);

    private async Task<string> DoctorAsync(WorkerProcess worker)
    {
        var info = new ProcessStartInfo("dotnet", [WorkerProcess.Program, "doctor", "--farm", _farm.Path, "--data", worker.Folder.File("data"), "--http-port", $"{worker.Port}", "--mqtt-port", $"{_mqtt}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["SmartFarm__Broker__Enabled"] = "true" },
        };
        using var doctor = Process.Start(info)!;
        var findings = await doctor.StandardOutput.ReadToEndAsync();
        await doctor.WaitForExitAsync();
        return findings;
    }
}
