using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Load;

/// <summary>Runs a load: connects, sends on schedule from one thread, waits for what is late, and counts.</summary>
/// <param name="options">What load.</param>
/// <param name="broker">Where to; its client id is the beginning of ours.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadRun(LoadOptions options, MqttSessionOptions broker, TimeProvider time)
{
    /// <summary>How often it is looked at what is due: a message is up to this late.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Connections that are opened at once.</summary>
    private const int Opening = 64;

    private readonly LoadSchedule _schedule = new(options);
    private readonly LoadMeter _meter = new(time);
    private long _due;
    private TimeSpan _sentWithin;
    private TimeSpan _cpu;
    private long _bytes;

    /// <summary>Runs it to its end; cancelled, it ends early, and what had not come due is not counted as lost.</summary>
    /// <exception cref="SimulatorException">The broker cannot be reached, or refuses us.</exception>
    public async Task<LoadSummary> RunAsync(IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var connections = Enumerable.Range(0, options.Connections).Select(Connection).ToArray();
        try
        {
            await Parallel.ForEachAsync(
                connections, new ParallelOptions { MaxDegreeOfParallelism = Opening, CancellationToken = cancellationToken }, async (connection, stop) => await connection.StartAsync(stop));
            await SendAsync(connections, progress, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
        }

        return Summary();
    }

    private LoadConnection Connection(int number)
    {
        var devices = Enumerable.Range(0, options.Devices).Where(device => device % options.Connections == number).ToList();
        return new LoadConnection(broker with { ClientId = $"{broker.ClientId}-{number}" }, new DeviceFrames(new NativeTopics(options.Root), options.Site, devices), _meter, time);
    }

    private async Task SendAsync(LoadConnection[] connections, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var dueTimes = connections.Select((_, number) => (Func<long, TimeSpan>)(message => _schedule.DueTime(number, message))).ToArray();
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        using var timer = new PeriodicTimer(Tick, time);
        var (reported, patienceEnds) = (TimeSpan.Zero, TimeSpan.MaxValue);
        var began = time.GetUtcNow();
        _meter.Start();
        while (true)
        {
            var (elapsed, sent) = (_meter.Elapsed, _meter.Sent);
            _due = cancellationToken.IsCancellationRequested ? _due : _schedule.Due(elapsed);
            for (var number = 0; number < connections.Length; number++)
            {
                connections[number].Send(_schedule.Share(number, _due), dueTimes[number], began, buffer);
            }

            _sentWithin = _meter.Sent > sent ? _meter.Elapsed : _sentWithin;
            var isOver = cancellationToken.IsCancellationRequested || _due == _schedule.Total;
            if (isOver && patienceEnds == TimeSpan.MaxValue)
            {
                patienceEnds = elapsed + options.Patience;
            }

            var isDone = isOver && ((_meter.Sent == _due && _meter.InFlight == 0) || elapsed > patienceEnds);
            if (elapsed - reported >= ReportEvery || isDone)
            {
                reported = elapsed;
                progress?.Report(new LoadProgress(elapsed, _meter.Sent, _meter.Acknowledged, _due - _meter.Sent, _schedule.Total, _meter.Latency.Percentile(0.99)));
            }

            if (isDone)
            {
                break;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        (_cpu, _bytes) = (Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private LoadSummary Summary()
    {
        var sent = Math.Max(1, _meter.Sent);
        return new LoadSummary(
            options.Devices,
            options.Connections,
            options.Rate,
            _sentWithin > TimeSpan.Zero ? (sent - 1) / _sentWithin.TotalSeconds : 0,
            _sentWithin.TotalSeconds,
            _due,
            _meter.Acknowledged,
            _meter.Refused,
            _meter.Unacknowledged,
            _due - _meter.Sent,
            _meter.Broken,
            _meter.Unexpected,
            LoadTimes.Of(_meter.Latency),
            LoadTimes.Of(_meter.Lateness),
            _cpu.TotalMicroseconds / sent,
            (double)_bytes / sent,
            _meter.Trouble);
    }
}
