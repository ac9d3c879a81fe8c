using System.Globalization;
using System.Text.Json;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary><c>smartfarm-sim load</c> itself: what it costs, and whether it is ever the bottleneck.</summary>
internal sealed class LoadRuns(SpeedReport report, SpeedSize size)
{
    private const int Devices = 20_000;
    private const int Rate = 50_000;

    public async Task RunAsync()
    {
        SpeedReport.Begin($"smartfarm-sim load: {Devices:#,##0} devices, {Rate:#,##0} messages/s");
        using (var broker = new AckBroker())
        {
            await OneAsync("a broker that only acknowledges", broker.Port, Rate);
            await OneAsync("the same, asked for ten times the rate", broker.Port, 10 * Rate);
        }

        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        await OneAsync("mosquitto", mosquitto.Port, Rate);
    }

    private async Task OneAsync(string name, int port, int rate)
    {
        var (_, output) = await SimulatorProgram.RunAsync(
            "load", "--json", "--port", Text(port), "--devices", Text(Devices), "--rate", Text(rate), "--for", $"{Text((int)size.Steady.TotalSeconds)}s");
        using var json = JsonDocument.Parse(output);
        var summary = json.RootElement;
        report.Add($"{name}: sent", Number("sentPerSecond"), "msg/s", rate == Rate ? $"{Rate:#,##0} ± 0.1 %" : "");
        report.Add($"{name}: not acknowledged", Number("messages") - Number("acknowledged"), "messages", "0");
        report.Add($"{name}: due to sent, p99", Part("lateness"), "ms");
        report.Add($"{name}: due to acknowledged, p99", Part("latency"), "ms");
        report.Add($"{name}: its own CPU", Number("cpuMicrosecondsPerMessage"), "CPU-s/M");
        report.Add($"{name}: its own allocations", Number("bytesAllocatedPerMessage"), "B/msg");

        double Number(string what) => summary.GetProperty(what).GetDouble();

        double Part(string what) => summary.GetProperty(what).GetProperty("p99Ms").GetDouble();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
