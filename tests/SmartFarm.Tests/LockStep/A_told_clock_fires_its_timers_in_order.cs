using SmartFarm.Simulator.LockStep;
using Xunit;

namespace SmartFarm.Tests.LockStep;

public sealed class A_told_clock_fires_its_timers_in_order
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);
    private readonly SteppedTime _clock = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void Each_when_it_is_due_and_while_the_clock_shows_its_time()
    {
        using var late = Timer("late", 7, Timeout.InfiniteTimeSpan);
        using var often = Timer("often", 2, TimeSpan.FromSeconds(3));
        using var beyond = Timer("beyond", 11, Timeout.InfiniteTimeSpan);

        _clock.AdvanceTo(Start.AddSeconds(10));

        Assert.Equal(["often at 2", "often at 5", "late at 7", "often at 8"], _fired);
        Assert.Equal(Start.AddSeconds(10), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.GetElapsedTime(0));
    }

    [Fact]
    public void A_timer_made_by_another_fires_within_the_same_step_if_it_is_due()
    {
        ITimer? second = null;
        using var first = _clock.CreateTimer(_ => second = Timer("second", 3, Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);

        _clock.AdvanceTo(Start.AddSeconds(10));

        Assert.Equal(["second at 7"], _fired);
        second!.Dispose();
    }

    [Fact]
    public void A_timer_that_was_stopped_changed_or_disposed_of_does_not_fire_as_it_was()
    {
        using var stopped = Timer("stopped", 1, TimeSpan.FromSeconds(1));
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var changed = Timer("changed", 1, Timeout.InfiniteTimeSpan);
        changed.Change(TimeSpan.FromSeconds(6), Timeout.InfiniteTimeSpan);
        Timer("disposed", 1, Timeout.InfiniteTimeSpan).Dispose();

        _clock.AdvanceTo(Start.AddSeconds(10));

        Assert.Equal(["changed at 6"], _fired);
    }

    [Fact]
    public void A_time_that_is_not_later_changes_nothing()
    {
        _clock.AdvanceTo(Start.AddSeconds(5));
        _clock.AdvanceTo(Start);

        Assert.Equal(Start.AddSeconds(5), _clock.GetUtcNow());
    }

    [Fact]
    public async Task What_waits_with_it_goes_on_when_it_is_time()
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMinutes(10), _clock);
        var tick = ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.False(tick.IsCompleted);
        using var expiry = new CancellationTokenSource(TimeSpan.FromMinutes(20), _clock);

        _clock.AdvanceTo(Start.AddMinutes(15));
        Assert.True(await tick);
        Assert.False(expiry.IsCancellationRequested);
        _clock.AdvanceTo(Start.AddMinutes(20));
        Assert.True(expiry.IsCancellationRequested);
    }

    private ITimer Timer(string name, double due, TimeSpan period) =>
        _clock.CreateTimer(_ => _fired.Add($"{name} at {(_clock.GetUtcNow() - Start).TotalSeconds}"), null, TimeSpan.FromSeconds(due), period);
}
