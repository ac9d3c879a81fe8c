using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Garbage_from_one_device
{
    private static readonly byte[] s_topic = "farm/t1/climate-2/telemetry"u8.ToArray();

    [Fact]
    public async Task Does_not_make_the_others_wait_while_the_store_is_stuck()
    {
        var store = new GatedStore();
        await using var road = await Road.OpenAsync(store);
        var garbage = new byte[QuarantineEntry.MaxPayload];
        garbage.AsSpan().Fill((byte)'x');
        road.SendClimate("""{"seq":0,"air_temperature":21}""");
        await store.Reached;

        // As many as a broker may have on their way to us.
        for (var i = 0; i < 4096; i++)
        {
            road.Send(s_topic, garbage);
        }

        Assert.True(road.Store.HasRoom, "One device's refusals have filled the open batch.");
        road.SendClimate("""{"seq":1,"air_temperature":22}""");
        store.Open();
        await road.SettledAsync();

        Assert.Equal(Enumerable.Range(1, 4098).Select(i => (long)i), road.Settled);
        Assert.Equal(4096, store.Quarantined.Count);
        var (whole, cut) = (store.Quarantined.Count(e => e.Payload.Length == garbage.Length), store.Quarantined.Count(e => e.Payload.Length == QuarantineEntry.ExcerptPayload));
        Assert.Equal(4096, whole + cut);
        Assert.InRange(whole, 1, (QuarantineEntry.FairShare / garbage.Length) + 1);
        Assert.All(store.Quarantined, e => Assert.Equal((garbage.Length, RejectReason.BadJson), ((int)e.Size, e.Reason)));
        Assert.Equal(cut, store.Quarantined.Count(e => e.Detail.Contains("Only its beginning is kept", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("[1,2")]
    [InlineData("{\"mojo\":1}")]
    [InlineData("{\"air_temperature\":\"warm\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task Costs_no_exception_and_little_memory(string payload)
    {
        const int Messages = 500;
        var store = new GatedStore();
        store.Open();
        await using var road = await Road.OpenAsync(store);
        road.Send(s_topic, System.Text.Encoding.UTF8.GetBytes(payload));
        var bytes = System.Text.Encoding.UTF8.GetBytes(payload);
        var thread = Environment.CurrentManagedThreadId;
        var exceptions = 0;
        EventHandler<System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs> count = (_, _) => exceptions += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += count;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            road.Send(s_topic, bytes);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Messages;
        AppDomain.CurrentDomain.FirstChanceException -= count;

        Assert.Equal(0, exceptions);
        Assert.InRange(each, 0, 1500);
    }

    /// <summary>Commits nothing until it is opened, and then keeps what was refused.</summary>
    private sealed class GatedStore : IDurableStore
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public List<QuarantineEntry> Quarantined { get; } = [];

        public void Open() => _opened.SetResult();

        public async ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            await _opened.Task.WaitAsync(cancellationToken);
            Quarantined.AddRange(batch.Quarantined);
        }

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => new((IReadOnlyList<ulong>)[]);
    }
}
