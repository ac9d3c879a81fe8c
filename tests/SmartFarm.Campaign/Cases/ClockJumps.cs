using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// The wall clock of the worker, and of it alone, is stepped by libfaketime; its monotonic clock is not touched, as on a real machine. Device
/// times lie hours back, so that no step makes them times of the future: all must be stored, and the heartbeat keeps its pace.
/// </summary>
internal sealed class ClockJumps : ICase
{
    private const int Rate = 1_500;
    private const int HeartbeatSeconds = 1;
    private static readonly string[] Steps = ["+0", "+7200", "+0", "-7200", "+0", "+3600", "-3600", "+0", "-86400", "+31536000", "+0"];

    public string Name => "clock-jumps";

    public string What => "the worker's wall clock steps by ±1 h (DST), ±2 h, −1 day, +1 year and back under load (libfaketime); scripted broker, InfluxDB";

    public bool IsInShort => false;

    private static string? Library => new[] { "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64" }
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        if (Library is not { } library)
        {
            return Outcome.Skip("libfaketime is not installed (apt-get install libfaketime); tests with a clock of their own show the same in the process.");
        }

        var influx = run.Add(new InfluxDb());
        await influx.StartAsync();
        var fleet = run.NewFleet(devices: 100, hoursAgo: 40);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var clock = run.File("clock");
        SetClock(clock, Steps[0]);
        var worker = run.NewWorker(
            fleet, broker.Port, influx.Url, ("LD_PRELOAD", library), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_CACHE_DURATION", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("SmartFarm__Commands__HeartbeatSeconds", $"{HeartbeatSeconds}"));
        await worker.StartAsync();
        broker.Allow(long.MaxValue, Rate);
        var findings = new List<string>();
        var hasStepped = false;
        foreach (var step in Steps)
        {
            SetClock(clock, step);
            await Eventually.PassesAsync(TimeSpan.FromSeconds(1.5));
            var before = broker.Findings.FromWorker;
            await Eventually.PassesAsync(TimeSpan.FromSeconds(3));
            var beats = broker.Findings.FromWorker - before;
            if (beats is < 2 or > 4)
            {
                findings.Add($"{beats} heartbeats within 3 s after the step to {step} s; {3 / HeartbeatSeconds} were due.");
            }

            hasStepped |= await StepAsync(worker) > TimeSpan.FromMinutes(50);
        }

        if (!hasStepped)
        {
            findings.Add("The worker's clock never showed a step: this libfaketime does not work with this runtime.");
        }

        broker.Allow(broker.Published);
        await Eventually.Is(() => Task.FromResult(broker.Session.Outstanding), o => o == 0);
        var outcome = await Balance.CheckAsync(
            run, fleet, broker.Acks, new InfluxRows(influx), worker, new Expected { Published = broker.Published, PatienceSeconds = 60 }, Steps.Length - 1);
        outcome = BrokerChecks.Add(outcome, broker);
        return outcome with { Findings = [.. outcome.Findings, .. findings] };
    }

    /// <summary>How far the worker's clock is from ours: it stands in the Date header of its answers (RFC 9110, 6.6.1).</summary>
    private static async Task<TimeSpan> StepAsync(WorkerProcess worker)
    {
        using var answer = await worker.Http.GetAsync(new Uri(worker.Url, "health/live"));
        return answer.Headers.Date is { } date ? (date - DateTimeOffset.UtcNow).Duration() : TimeSpan.Zero;
    }

    /// <summary>In one piece: the library reads the file at any moment.</summary>
    private static void SetClock(string path, string offset)
    {
        File.WriteAllText(path + ".new", offset);
        File.Move(path + ".new", path, overwrite: true);
    }
}
