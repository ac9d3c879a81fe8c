using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign;

/// <summary>One running case: its seed, its folder, and whatever it started, which is ended in reverse order.</summary>
internal sealed class CaseRun(string name, int seed, bool isShort, string folder) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly List<MemoryWatch> _memory = [];
    private readonly List<WorkerProcess> _workers = [];
    private double _noted;

    public int Seed => seed;

    public bool IsShort => isShort;

    /// <summary>Of this case alone, so that a case repeats alike whatever ran before it.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Highest resident memory of any worker of the case.</summary>
    public double MaxMemoryMb => Math.Max(_noted, _memory.Select(m => m.MaxMb).DefaultIfEmpty().Max());

    /// <summary>Takes in what a part of the case saw.</summary>
    public void Note(double memoryMb) => _noted = Math.Max(_noted, memoryMb);

    /// <summary>The last lines that the workers printed.</summary>
    public IEnumerable<string> WorkerOutput() => _workers.SelectMany(w => w.Output.Split('\n').TakeLast(15));

    public string File(string file) => Path.Combine(folder, file);

    public void Say(string text) => System.Console.WriteLine($"    {name}: {text}");

    /// <summary>Keeps something to be ended with the case.</summary>
    public T Add<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }

    /// <summary>A fleet whose clocks began some hours ago, so that none of its times lies ahead of ours.</summary>
    public Fleet NewFleet(int devices, double hoursAgo = 12, long stepMs = 250) =>
        new(devices, DateTimeOffset.UtcNow.AddHours(-hoursAgo).ToUnixTimeMilliseconds(), stepMs, seed);

    public Fleet NewFleetFrom(int devices, DateTimeOffset start, long stepMs) => new(devices, start.ToUnixTimeMilliseconds(), stepMs, seed);

    public AckLog NewAcks(Fleet fleet, string file = "acknowledged.txt")
    {
        var acks = new AckLog(fleet, File(file));
        Add(new Closing(acks));
        return acks;
    }

    /// <summary>A worker for the fleet, not started yet; its memory is watched.</summary>
    public WorkerProcess NewWorker(Fleet fleet, int mqttPort, Uri influx, params (string, string)[] settings)
    {
        var worker = Add(new WorkerProcess(
            fleet.WriteFarm(File("farm")),
            [
                ("SmartFarm__Mqtt__Port", $"{mqttPort}"),
                ("SmartFarm__Mqtt__ClientId", BrokerConnection.ClientId),
                ("SmartFarm__Influx__Url", influx.ToString()),
                ("SmartFarm__Influx__Version", "1"),
                .. settings,
            ]));
        _memory.Add(Add(new MemoryWatch(worker)));
        _workers.Add(worker);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var started))
        {
            await started.DisposeAsync();
        }
    }

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
