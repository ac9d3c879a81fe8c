using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartFarm.Mqtt;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>InfluxDB's own ceiling with lines made beforehand, and the draining of a spool beside it.</summary>
internal sealed class DatabaseRuns(SpeedReport report, SpeedSize size)
{
    private const int Devices = 200;
    private const int LinesPerWrite = 5000;
    private const string OneWriter = "InfluxDB, one writer of lines made beforehand";
    private const string TwoWriters = "InfluxDB, two writers";
    private const string Drain = "a spool drained by the worker";

    public async Task RunAsync()
    {
        SpeedReport.Begin("InfluxDB, rows of two fields");
        report.Add(OneWriter, await CeilingAsync(1), "rows/s");
        report.Add(TwoWriters, await CeilingAsync(2), "rows/s");
        report.Add(Drain, await DrainAsync(), "rows/s");
        report.Ratio("the drain beside one writer", Drain, OneWriter);
        report.Ratio("the drain beside two writers", Drain, TwoWriters);
    }

    private async Task<double> CeilingAsync(int writers)
    {
        await using var database = new InfluxDb();
        await database.StartAsync();
        await database.QueryAsync("CREATE DATABASE speed");
        var writes = Math.Max(writers, size.Spooled / LinesPerWrite);
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 3_600_000;
        var bodies = Enumerable.Range(0, Math.Min(writes, 200)).Select(w => Lines(w, start)).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = database.Url };
            for (var i = w; i < writes; i += writers)
            {
                using var content = new ByteArrayContent(bodies[i % bodies.Length]);
                using var answer = await http.PostAsync("write?db=speed&precision=ms", content);
                answer.EnsureSuccessStatusCode();
            }
        })));
        return (double)writes * LinesPerWrite / watch.Elapsed.TotalSeconds;
    }

    private async Task<double> DrainAsync()
    {
        await using var database = new InfluxDb();
        using var broker = new FloodBroker();
        await using var worker = new WorkerRun(Devices, broker.Port, database);
        worker.Launch();
        var load = await broker.SubscribedAsync();
        load.Run(new Telemetry(Devices, MqttVersion.V5, Telemetry.StartFor(size.Spooled, Devices)), size.Spooled);
        await worker.KillAsync();
        await database.StartAsync();
        worker.Launch();
        var watch = Stopwatch.StartNew();
        var (first, firstAt, rows) = (0L, TimeSpan.Zero, 0L);
        await Eventually.GetAsync(() => RowsAsync(database), now =>
        {
            if (now > 0 && first == 0)
            {
                (first, firstAt) = (now, watch.Elapsed);
            }

            return (rows = now) >= size.Spooled;
        }, TimeSpan.FromMinutes(3));
        if (rows < size.Spooled)
        {
            throw new TimeoutException($"{rows} of {size.Spooled} rows were in the database after three minutes.");
        }

        // Without the start of the process, unless all was there at the first look.
        return rows > first ? (rows - first) / (watch.Elapsed - firstAt).TotalSeconds : rows / watch.Elapsed.TotalSeconds;
    }

    private static byte[] Lines(int write, long startMs)
    {
        var text = new StringBuilder();
        for (var i = 0; i < LinesPerWrite; i++)
        {
            var number = (write * LinesPerWrite) + i;
            text.Append(CultureInfo.InvariantCulture, $"telemetry,device={Telemetry.Device(number % Devices)},site=t1,zone=gh{number % Devices / 4} air_temperature={15 + (number * 7 % 2000 / 100.0)},relative_humidity={30 + (number * 13 % 6000 / 100.0)} {startMs + (number / Devices)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Rows that the database says it has taken over HTTP.</summary>
    private static async Task<long> RowsAsync(InfluxDb database)
    {
        using var http = new HttpClient { BaseAddress = database.Url };
        using var json = JsonDocument.Parse(await http.GetStringAsync("debug/vars"));
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            if (entry.Name.StartsWith("httpd", StringComparison.Ordinal) && entry.Value.GetProperty("values").TryGetProperty("pointsWrittenOK", out var written))
            {
                return written.GetInt64();
            }
        }

        return 0;
    }
}
