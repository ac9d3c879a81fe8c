using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.IntegrationTests.Sqlite;
using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Hosting.Systemd;
using SmartFarm.Worker.Mqtt;
using Xunit;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>The watchdog is no timer: it hears nothing while a message or a commit does not come to an end.</summary>
public sealed class A_stuck_road_gives_no_pulse : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private readonly WorkerMetrics _metrics = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    [Fact]
    public async Task It_beats_while_store_and_receivers_come_to_an_end()
    {
        using var store = Runner(_data.Open.EmbeddedStore);
        await store.StartAsync(default);
        var receiver = new GatedReceiver(new BlockingReceiver(isBlocked: false));
        var pulse = new RoadPulse(store, [receiver], _metrics);

        for (var look = 0; look < 3; look++)
        {
            var mark = StoreMark.Set(store);
            Assert.True(pulse.IsMoving());
            receiver.OnMessage(new ReceivedMessage { Topic = "t"u8, Payload = default });
            await receiver.FlushAsync(default);
            await mark.Reached;
            await StoreMark.Set(store).Reached;
        }

        Assert.True(pulse.HasCommitted);
        await store.StopAsync(default);
    }

    [Fact]
    public async Task It_stops_when_a_commit_hangs()
    {
        using var store = Runner(new HangingStore());
        await store.StartAsync(default);
        var pulse = new RoadPulse(store, [], _metrics);

        Assert.True(pulse.IsMoving());
        Assert.False(pulse.IsMoving());
        Assert.False(pulse.HasCommitted);
    }

    [Fact]
    public async Task It_stops_when_a_receiver_stays_inside_one_message()
    {
        using var store = Runner(_data.Open.EmbeddedStore);
        var blocking = new BlockingReceiver(isBlocked: true);
        var receiver = new GatedReceiver(blocking);
        var pulse = new RoadPulse(store, [receiver], _metrics);
        var session = Task.Run(() => receiver.OnMessage(new ReceivedMessage { Topic = "t"u8, Payload = default }));
        await blocking.Entered.Task;

        Assert.True(pulse.IsMoving());
        Assert.False(pulse.IsMoving());

        blocking.Blocked.Set();
        await session;
    }

    private StoreRunner Runner(IDurableStore store) => new(store, _metrics, TimeProvider.System, NullLogger<StoreRunner>.Instance);

    private sealed class HangingStore : IDurableStore
    {
        public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken) => await new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => new([]);
    }

    private sealed class BlockingReceiver(bool isBlocked) : IMqttReceiver
    {
        public ManualResetEventSlim Blocked { get; } = new(!isBlocked);

        public TaskCompletionSource Entered { get; } = new();

        public void OnMessage(in ReceivedMessage message)
        {
            Entered.TrySetResult();
            Blocked.Wait();
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
