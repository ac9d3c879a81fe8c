using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Windows_are_made_as_time_goes : IRollups, IRetention
{
    private readonly TestTimeProvider _time = new();
    private readonly List<string> _calls = [];
    private Exception? _fault;
    private int _due;

    [Fact]
    public async Task Fine_before_coarse_then_what_is_too_old_and_that_seldom()
    {
        using var worker = new RollupWorker(this, new RetentionOptions(), _time, NullLogger<RollupWorker>.Instance, this);
        await worker.StartAsync(default);
        _due = 2;
        await LetPassAsync(15);

        Assert.Equal(["1m 08:00:00", "1m 08:00:00", "1m 08:00:00", "15m 08:00:00", "1h 08:00:00", "prune 08:00:15"], _calls);
        Assert.Equal((512, 0), (worker.Windows, worker.Pruned));

        _calls.Clear();
        await LetPassAsync(15);
        Assert.Equal(["1m 08:00:15", "15m 08:00:15", "1h 08:00:15"], _calls);

        for (var i = 0; i < 40; i++)
        {
            await LetPassAsync(15);
        }

        Assert.Single(_calls, call => call.StartsWith("prune"));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_failure_is_told_tried_again_less_often_and_removes_nothing()
    {
        using var worker = new RollupWorker(this, new RetentionOptions(), _time, NullLogger<RollupWorker>.Instance, this);
        await worker.StartAsync(default);
        _fault = new IOException("the database is away");
        await LetPassAsync(15);
        Assert.Equal("the database is away", worker.Trouble);
        Assert.DoesNotContain(_calls, call => call.StartsWith("prune"));

        _fault = null;
        _calls.Clear();
        await LetPassAsync(15);
        Assert.Empty(_calls);
        await LetPassAsync(15);
        Assert.Null(worker.Trouble);
        Assert.Contains(_calls, call => call.StartsWith("prune"));
        await worker.StopAsync(default);
    }

    public ValueTask<int> RollUpAsync(RollupLevel level, long endedByMs, CancellationToken cancellationToken)
    {
        _calls.Add($"{level.Name} {DateTimeOffset.FromUnixTimeMilliseconds(endedByMs):HH:mm:ss}");
        return _fault is null ? ValueTask.FromResult(_due-- > 0 ? 256 : 0) : ValueTask.FromException<int>(_fault);
    }

    public ValueTask<int> PruneAsync(RetentionOptions options, long nowMs, CancellationToken cancellationToken)
    {
        _calls.Add($"prune {DateTimeOffset.FromUnixTimeMilliseconds(nowMs):HH:mm:ss}");
        return ValueTask.FromResult(0);
    }

    /// <summary>Returns when the worker waits again.</summary>
    private async Task LetPassAsync(int seconds)
    {
        await Eventually.Is(() => Task.FromResult(_time.ActiveTimers), timers => timers == 1);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await Eventually.Is(() => Task.FromResult(_time.ActiveTimers), timers => timers == 1);
    }
}
