using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Commits_are_retried
{
    [Fact]
    public async Task Nothing_is_settled_before_the_store_has_it_and_nothing_is_lost()
    {
        var store = new StubbornStore(failures: 3);
        await using var road = await Road.OpenAsync(store);

        road.SendClimate("""{"seq":1,"air_temperature":21}""");
        await store.Tried;
        Assert.Empty(road.Settled);
        Assert.Equal("The disk is full.", road.Store.Trouble);
        road.SendClimate("""{"seq":2,"air_temperature":22}""");
        store.Mend();
        await road.SettledAsync();

        Assert.Equal([1, 2], road.Settled);
        Assert.Equal(2, store.Messages);
        Assert.Null(road.Store.Trouble);
        Assert.True(road.Metrics.CommitFailures >= 1);
    }

    /// <summary>A disk that is full until mended.</summary>
    private sealed class StubbornStore(int failures) : IDurableStore
    {
        private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isMended;
        private int _tries;

        public Task Tried => _tried.Task;

        public int Messages { get; private set; }

        public void Mend() => _isMended = true;

        public ValueTask CommitAsync(StoreBatch batch, CancellationToken cancellationToken)
        {
            if (!_isMended)
            {
                if (++_tries == failures - 1)
                {
                    _tried.SetResult();
                }

                throw new IOException("The disk is full.");
            }

            Messages += batch.ReceiptCount;
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<ulong>> RecentFingerprintsAsync(int count, CancellationToken cancellationToken) => new((IReadOnlyList<ulong>)[]);
    }
}
