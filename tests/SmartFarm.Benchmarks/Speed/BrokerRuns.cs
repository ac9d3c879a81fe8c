using System.Buffers;
using System.Diagnostics;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>The worker behind mosquitto, beside mosquitto's own ceiling.</summary>
internal sealed class BrokerRuns(SpeedReport report, SpeedSize size)
{
    private const int Devices = 200;
    private const int Window = 1000;
    private const string Ceiling = "mosquitto to a subscriber that only counts";
    private const string Ours = "mosquitto to the worker, until durable";

    /// <summary>One publisher at QoS 1 as fast as it goes.</summary>
    public async Task ChainAsync()
    {
        SpeedReport.Begin("From mosquitto, QoS 1, one publisher at full speed");
        report.Add(Ceiling, await CeilingAsync(), "msg/s");
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        await using var worker = new WorkerRun(Devices, mosquitto.Port, null);
        worker.Launch();
        await worker.ReadyAsync();
        var (load, channel) = Publisher(mosquitto.Port);
        using (channel)
        {
            load.Run(NewTelemetry(2L * size.Chain), size.Chain);
            await worker.StoredAsync(2L * size.Chain);
            var (cpu, watch) = (worker.Meter.CpuSeconds, Stopwatch.StartNew());
            load.Run(NewTelemetry(2L * size.Chain), size.Chain);
            await worker.StoredAsync(4L * size.Chain);
            report.Add(Ours, size.Chain / watch.Elapsed.TotalSeconds, "msg/s");
            report.Add($"{Ours}, CPU", (worker.Meter.CpuSeconds - cpu) / size.Chain * 1e6, "CPU-s/M");
        }

        report.Ratio("ours beside the ceiling", Ours, Ceiling);
    }

    /// <summary>What a farm's steady load, and no load, cost.</summary>
    public async Task SteadyAsync()
    {
        const int Rate = 1000;
        SpeedReport.Begin("Steady load from mosquitto, QoS 1, InfluxDB behind");
        await using var database = new InfluxDb();
        await database.StartAsync();
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        await using var worker = new WorkerRun(Devices, mosquitto.Port, database);
        worker.Launch();
        await worker.ReadyAsync();
        var (load, channel) = Publisher(mosquitto.Port);
        using (channel)
        {
            var messages = (int)(Rate * size.Steady.TotalSeconds);
            load.Run(NewTelemetry(messages), messages, Rate);
            var (cpu, watch) = (worker.Meter.CpuSeconds, Stopwatch.StartNew());
            load.Run(NewTelemetry(messages), messages, Rate);
            report.Add($"{Rate:#,##0} messages/s", (worker.Meter.CpuSeconds - cpu) / watch.Elapsed.TotalSeconds * 100, "% of a core", "≤ 8");
        }

        await PassAsync(TimeSpan.FromSeconds(2));
        var (idleCpu, idle) = (worker.Meter.CpuSeconds, Stopwatch.StartNew());
        await PassAsync(size.Steady);
        report.Add("idle", (worker.Meter.CpuSeconds - idleCpu) / idle.Elapsed.TotalSeconds * 100, "% of a core", "< 1");
        report.Add("memory resident", worker.Meter.ResidentMb, "MB");
    }

    /// <summary>Lets time pass: it is what is measured.</summary>
    private static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    private async Task<double> CeilingAsync()
    {
        await using var mosquitto = new Mosquitto();
        await mosquitto.StartAsync();
        using var subscriber = PacketChannel.Open(mosquitto.Port, "subscriber", "farm/#");
        var done = new TaskCompletionSource<TimeSpan>();
        var watch = Stopwatch.StartNew();
        new Thread(() => Count(subscriber, () => done.TrySetResult(watch.Elapsed))) { IsBackground = true }.Start();
        var (load, channel) = Publisher(mosquitto.Port);
        using (channel)
        {
            load.Run(NewTelemetry(size.Chain), size.Chain);
            return size.Chain / (await done.Task.WaitAsync(TimeSpan.FromMinutes(2))).TotalSeconds;
        }
    }

    private void Count(PacketChannel channel, Action done)
    {
        var acks = new ArrayBufferWriter<byte>();
        var count = 0;
        while (count < size.Chain && channel.Receive(OnPacket))
        {
            channel.Send(acks.WrittenSpan);
            acks.ResetWrittenCount();
        }

        done();

        void OnPacket(in Frame frame)
        {
            if (frame.Type == PacketType.Publish && PublishPacket.TryRead(frame, channel.Version, out var publish, out _))
            {
                count++;
                new AckPacket { Type = PacketType.PubAck, PacketId = publish.PacketId }.WriteTo(acks, channel.Version);
            }
        }
    }

    private static (Load Load, PacketChannel Channel) Publisher(int port)
    {
        var channel = PacketChannel.Open(port, "publisher");
        var load = new Load(channel, Window);
        new Thread(load.ReceiveAll) { IsBackground = true }.Start();
        return (load, channel);
    }

    private static Telemetry NewTelemetry(long messages) => new(Devices, MqttVersion.V5, Telemetry.StartFor(messages, Devices));
}
