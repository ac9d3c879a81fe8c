using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>The worker in front of an InfluxDB that answers in one of the ways that are known from the real ones.</summary>
/// <param name="name">Of the case, after <c>influx-</c>.</param>
/// <param name="what">The answer.</param>
/// <param name="isInShort">Whether it is quick enough for the short form.</param>
/// <param name="behaviour">Makes the fault; it is given what tells rows to be refused for good.</param>
/// <param name="poison">Every how many rows one is refused for good; 0: none is.</param>
/// <param name="patienceSeconds">How long it may take until rows flow again.</param>
/// <param name="restarts">Whether the worker is restarted to go on at once: for waits that are longer than a test.</param>
internal sealed class InfluxFaults(
    string name, string what, bool isInShort, Func<Func<string, bool>, InfluxBehaviour> behaviour, int poison = 0, int patienceSeconds = 45, bool restarts = false) : ICase
{
    private const int Messages = 6_000;
    private const int Rate = 3_000;
    private const int Faults = 3;

    public string Name => $"influx-{name}";

    public string What => $"fake InfluxDB: {what}";

    public bool IsInShort => isInShort;

    public static IEnumerable<ICase> All()
    {
        yield return new InfluxFaults("204-reset", "rows stored, connection reset instead of 204, three times", true, _ => new FirstWrites(Faults, InfluxAnswers.StoreThenReset));
        yield return new InfluxFaults("204-cut", "rows stored, answer cut, three times", false, _ => new FirstWrites(Faults, InfluxAnswers.StoreThenCut));
        yield return new InfluxFaults(
            "400-partial-1x", "1.x: 400 partial write, good rows stored, dropped=0", true,
            p => new RefusesRows(1, 400, true, p, _ => """{"error":"partial write: points beyond retention policy dropped=0"}"""), poison: 1500);
        yield return new InfluxFaults(
            "400-partial-3x", "3.x: 400 partial write with the bad lines listed, good rows stored", false,
            p => new RefusesRows(3, 400, true, p, bad =>
                $$"""{"error":"partial write of line protocol occurred","data":[{{string.Join(',', bad.Select(b => $$"""{"original_line":"{{b.Line}}","line_number":{{b.Number}},"error_message":"invalid timestamp"}"""))}}]}"""),
            poison: 1500);
        yield return new InfluxFaults(
            "400-none-2x", "2.x: 400, nothing stored, one row in 1,500 is bad", true,
            p => new RefusesRows(2, 400, false, p, bad => $$"""{"code":"invalid","message":"unable to parse '{{bad[0].Line}}': invalid number"}"""), poison: 1500);
        yield return new InfluxFaults(
            "422-partial-2x", "2.x: 422, good rows stored", false,
            p => new RefusesRows(2, 422, true, p, _ =>
                """{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=1"}"""), poison: 1500);
        foreach (var status in new[] { 401, 403 })
        {
            yield return new InfluxFaults($"{status}", $"{status} twice, then mended", false, _ => new FirstWrites(2, InfluxAnswers.Status(status, """{"code":"unauthorized","message":"unauthorized access"}"""), 2));
        }

        yield return new InfluxFaults("404", "404 database not found twice, then mended", false, _ => new FirstWrites(2, InfluxAnswers.Status(404, """{"error":"database not found: \"smartfarm\""}""")));
        yield return new InfluxFaults("413", "413 for bodies above 20 kB, unread", false, _ => new TakesLittle(20_000));
        foreach (var (after, quick) in new[] { ("2", false), ("date", false), ("soon", false), ("-1", false) })
        {
            yield return new InfluxFaults(
                $"503-{after}", $"503 with Retry-After: {(after == "date" ? "a date in 2 s" : after)}, {(after == "2" ? "once" : "three times")}", quick, _ => new FirstWrites(after == "2" ? 1 : Faults, InfluxAnswers.Status(503, retryAfter: after)));
        }

        yield return new InfluxFaults("429", "429 without Retry-After three times", false, _ => new FirstWrites(Faults, InfluxAnswers.Status(429), 2));
        yield return new InfluxFaults("503-1e9", "503 with Retry-After: 1000000000; then the worker is restarted", false, _ => new FirstWrites(1, InfluxAnswers.Status(503, retryAfter: "1000000000")), restarts: true);
        yield return new InfluxFaults(
            "500", "500 engine: cache-max-memory-size exceeded, three times", false,
            _ => new FirstWrites(Faults, InfluxAnswers.Status(500, """{"error":"engine: cache-max-memory-size exceeded: (1074790400/1073741824)"}""")));
        yield return new InfluxFaults("silent", "two writes are never answered", false, _ => new NeverAnswers(2), patienceSeconds: 60);
        yield return new InfluxFaults("drip", "one answer drips a byte a second", false, _ => new DripsSlowly(1), patienceSeconds: 60);
        yield return new InfluxFaults("redirect", "302 to elsewhere, twice", false, _ => new FirstWrites(2, InfluxAnswers.Redirect));
        yield return new InfluxFaults("page", "200 with a web page (captive portal), twice", false, _ => new FirstWrites(2, InfluxAnswers.Page));
    }

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var fleet = run.NewFleet(devices: 100);
        var fault = behaviour(line => IsPoison(fleet, line));
        var influx = run.Add(await FakeInflux.StartAsync(Ports.Free(), fault));
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url, ("SmartFarm__Influx__Version", $"{fault.Version}"), ("SmartFarm__Influx__Org", "farm"));
        broker.Allow(Messages, Rate);
        await worker.StartAsync();
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == Messages, 30);
        var findings = restarts ? await RestartAsync(influx, worker) : [];
        var expected = new Expected { Published = Messages, IsRefused = n => poison > 0 && IsPoison(n), PatienceSeconds = patienceSeconds };
        var outcome = BrokerChecks.Add(await Balance.CheckAsync(run, fleet, broker.Acks, influx, worker, expected, 1), broker);
        if (fault.Done == 0)
        {
            findings.Add("The fault never happened.");
        }

        if (influx.OutOfOrder > 0)
        {
            findings.Add($"{influx.OutOfOrder} rows were stored after a newer one of their device.");
        }

        return outcome with { Runs = fault.Done, Note = $"{influx.Writes} writes", Findings = [.. outcome.Findings, .. findings] };
    }

    private static async Task<List<string>> RestartAsync(FakeInflux influx, WorkerProcess worker)
    {
        await Eventually.Is(() => Task.FromResult(influx.Writes), w => w >= 1, 20);
        var before = influx.Writes;
        await Eventually.PassesAsync(TimeSpan.FromSeconds(4));
        var findings = influx.Writes > before ? new List<string> { $"{influx.Writes - before} writes came within 4 s, although the database asked for a long wait." } : [];
        if (await worker.TerminateAsync(TimeSpan.FromSeconds(15)) != 0)
        {
            findings.Add("The worker did not end cleanly while it waited for the database.");
        }

        await worker.StartAsync();
        return findings;
    }

    private bool IsPoison(Fleet fleet, string line) =>
        poison > 0 && TelemetryLine.Read(line) is { } row && fleet.Find(row.Device, row.TimeMs) is { } n && IsPoison(n);

    private bool IsPoison(long n) => n % poison == poison / 3;
}
