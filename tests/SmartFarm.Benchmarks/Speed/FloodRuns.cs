using System.Diagnostics;
using SmartFarm.Mqtt;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>The whole worker, fed by a broker that is never the bottleneck.</summary>
internal sealed class FloodRuns(SpeedReport report, SpeedSize size)
{
    public const string WholeRoad = "whole road, InfluxDB behind";
    public const string SpoolOnly = "whole road, the database away: all in the spool";
    private const int Devices = 200;

    /// <summary>Speed, CPU, allocations and memory.</summary>
    public async Task WholeRoadAsync()
    {
        SpeedReport.Begin("Whole road from a QoS 1 flood: decode, checks, climate, rules, durable spool, PUBACK, forward");
        await using (var database = new InfluxDb())
        {
            await database.StartAsync();
            await FloodAsync(WholeRoad, database, "≥ 400,000");
        }

        await FloodAsync(SpoolOnly, null, "");
    }

    /// <summary>From the start of the process to the first PUBACK.</summary>
    public async Task StartAsync()
    {
        SpeedReport.Begin("Start to first PUBACK");
        for (var i = 0; i < 3; i++)
        {
            using var broker = new FloodBroker();
            await using var worker = new WorkerRun(Devices, broker.Port, null);
            var watch = Stopwatch.StartNew();
            worker.Launch();
            var load = await broker.SubscribedAsync();
            load.Run(NewTelemetry(1, Devices), 1);
            report.Add($"start {i + 1}", watch.Elapsed.TotalSeconds, "s", "< 2");
        }
    }

    /// <summary>From a message sent to its PUBACK.</summary>
    public async Task LatencyAsync()
    {
        const int Rate = 10_000;
        SpeedReport.Begin($"Sensor to durable at {Rate:#,##0} messages/s");
        await using var database = new InfluxDb();
        await database.StartAsync();
        using var broker = new FloodBroker();
        await using var worker = new WorkerRun(Devices, broker.Port, database);
        worker.Launch();
        var load = await broker.SubscribedAsync();
        var messages = (int)(Rate * size.Steady.TotalSeconds);
        load.Run(NewTelemetry(messages, Devices), messages, Rate);
        var result = load.Run(NewTelemetry(messages, Devices), messages, Rate);
        report.Add("p50", result.MedianMs, "ms");
        report.Add("p99", result.P99Ms, "ms", "< 50");
    }

    /// <summary>The cost of a message on farms of several sizes.</summary>
    public async Task FlatCostAsync()
    {
        SpeedReport.Begin("Cost as the farm grows (four devices to a zone, the database away)");
        foreach (var devices in size.Devices)
        {
            using var broker = new FloodBroker();
            await using var worker = new WorkerRun(devices, broker.Port, null);
            worker.Launch();
            var load = await broker.SubscribedAsync();
            var (result, cpu) = Measured(worker, load, devices);
            report.Add($"{devices:#,##0} devices, speed", result.PerSecond, "msg/s");
            report.Add($"{devices:#,##0} devices, CPU", cpu, "CPU-s/M");
        }

        report.Ratio("CPU of the largest farm beside the smallest", $"{size.Devices[^1]:#,##0} devices, CPU", $"{size.Devices[0]:#,##0} devices, CPU");
    }

    private async Task FloodAsync(string name, InfluxDb? database, string target)
    {
        using var broker = new FloodBroker();
        await using var worker = new WorkerRun(Devices, broker.Port, database);
        worker.Launch();
        var load = await broker.SubscribedAsync();
        var startUp = worker.Meter.CpuSeconds;
        load.Run(NewTelemetry(2L * size.Flood, Devices), size.Flood);
        var before = database is null ? default : await worker.SelfTelemetryAsync(size.Flood);
        var (result, cpu) = Measured(worker, load, Devices, isWarm: true);
        report.Add(name, result.PerSecond, "msg/s", target);
        report.Add($"{name}, CPU", cpu, "CPU-s/M", "≤ 3");
        if (database is not null)
        {
            var after = await worker.SelfTelemetryAsync(before.Messages + size.Flood);
            report.Add($"{name}, allocated", (after.AllocatedBytes - before.AllocatedBytes) / (after.Messages - before.Messages), "B/msg", "≤ 150");
        }

        report.Add($"{name}, most memory resident", worker.Meter.MostResidentMb, "MB", "< 250");
        report.Add($"{name}, start of the process", startUp, "CPU-s");
    }

    private (LoadResult Result, double CpuPerMillion) Measured(WorkerRun worker, Load load, int devices, bool isWarm = false)
    {
        if (!isWarm)
        {
            load.Run(NewTelemetry(2L * size.Flood, devices), size.Flood);
        }

        var before = worker.Meter.CpuSeconds;
        var result = load.Run(NewTelemetry(2L * size.Flood, devices), size.Flood);
        return (result, (worker.Meter.CpuSeconds - before) / size.Flood * 1e6);
    }

    private static Telemetry NewTelemetry(long messages, int devices) => new(devices, MqttVersion.V5, Telemetry.StartFor(messages, devices));
}
