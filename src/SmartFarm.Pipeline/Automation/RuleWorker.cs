using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// Steps the rule engine of every zone whose climate has changed, and of all zones each second. Decisions go to the command desk, then the
/// state is kept. Starting fires nothing: what was wanted before a restart is still wanted, and the desk knows what it had already asked for.
/// </summary>
public sealed partial class RuleWorker(
    RuleBook book,
    IRuleStateStore states,
    CommandDesk desk,
    StoreRunner store,
    SeriesCatalog catalog,
    ZoneSignal changed,
    WorkerMetrics metrics,
    SteadyClock steady,
    TimeProvider clock,
    ILogger<RuleWorker> log,
    MachineTime? machine = null) : BackgroundService
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    // Under a flood every message changes some zone; a first change is still seen at once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly MachineTime _machine = machine ?? MachineTime.Of(clock);
    private readonly ConcurrentQueue<TaskCompletionSource> _marks = new();
    private readonly List<ZoneRunner> _runners = [];
    private readonly HashSet<ZoneRunner> _moved = [];
    private ILookup<(string Site, string? Zone), ZoneRunner> _byZone = Array.Empty<ZoneRunner>().ToLookup(r => (r.Site, (string?)r.Zone));

    /// <summary>Takes up the kept state of every zone.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var rules in book.Zones)
        {
            var saved = await states.LoadAsync(rules.Site, rules.Zone, cancellationToken);
            var runner = Open(rules, saved);
            _runners.Add(runner);
            foreach (var decision in runner.Wanted)
            {
                await desk.TellAsync(new DeskEvent.Wanted(runner.Site, runner.Zone, decision), cancellationToken);
            }
        }

        // Found by their zone, and all those of a site by the site alone.
        _byZone = _runners.Select(r => (Key: (r.Site, (string?)r.Zone), r)).Concat(_runners.Select(r => (Key: (r.Site, (string?)null), r))).ToLookup(x => x.Key, x => x.r);
    }

    /// <summary>Keeps the state of every zone as it is at the end, so that a condition that has held for a while goes on from there.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var runner in _runners.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            await SaveAsync(runner, steady.Now(), cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var ticker = clock.CreateTimer(_ => changed.Set(), null, TickInterval, TickInterval);
        var lastTick = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(stoppingToken);
            try
            {
                // :: 9
                // A tick that was seen late, in a pause, must not make the next one look early.
                var isTick = clock.GetElapsedTime(lastTick) >= TickInterval - (2 * Pause);
                if (isTick)
                {
                    lastTick = clock.GetTimestamp();
                }

                var marks = _marks.Count;
                await StepAsync(isTick, stoppingToken);
                Reach(marks);
                await _machine.GatherAsync(Pause, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                metrics.Fault();
                Log.Fault(log, e);
            }
        }
    }

    /// <summary>Completes when the rules have seen all that had changed, and their decisions are at the desk. Thread-safe.</summary>
    public Task SettleAsync(CancellationToken cancellationToken)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks.Enqueue(mark);
        changed.Set();
        return mark.Task.WaitAsync(cancellationToken);
    }

    private void Reach(int marks)
    {
        while (marks-- > 0 && _marks.TryDequeue(out var mark))
        {
            mark.SetResult();
        }
    }

    /// <summary>Tells the rules what is new, and hands out what they decide.</summary>
    internal async ValueTask StepAsync(bool isTick, CancellationToken cancellationToken)
    {
        var now = steady.Now();
        while (changed.TryTake(out var zone))
        {
            Observe(zone, zone.PeekClimate(now.SteadyMs));
        }

        foreach (var runner in isTick ? (IEnumerable<ZoneRunner>)_runners : _moved)
        {
            if (isTick)
            {
                runner.Tick(now.SteadyMs);
            }

            await HandOutAsync(runner, now, cancellationToken);
            runner.Begin();
        }

        _moved.Clear();
    }

    private void Observe(ZoneState zone, ZoneClimate climate)
    {
        var scope = zone.Zone is null ? SignalScope.Site : SignalScope.Zone;
        foreach (var runner in _byZone[(zone.Site.Id, zone.Zone?.Id)])
        {
            runner.Observe(climate, scope);
            _moved.Add(runner);
        }
    }

    private async ValueTask HandOutAsync(ZoneRunner runner, Moment now, CancellationToken cancellationToken)
    {
        if (runner.Output.IsEmpty)
        {
            return;
        }

        foreach (var trace in runner.Output.Traces)
        {
            var recorded = trace with { TimeMs = now.ToWallMs(trace.TimeMs) };
            store.AddOwn((Series(runner, trace.Rule), recorded), static (batch, x) => Write(batch, x.Item1, x.recorded));
        }

        foreach (var decision in runner.Output.Decisions)
        {
            metrics.Decision();
            Log.Decided(log, runner.Site, runner.Zone, decision.Actuator, decision.Target, decision.Source, decision.Reason);
            await desk.TellAsync(new DeskEvent.Wanted(runner.Site, runner.Zone, decision), cancellationToken);
        }

        await SaveAsync(runner, now, cancellationToken);
    }

    /// <summary>A state that cannot be kept costs timers at the next restart; it must not cost a decision now.</summary>
    private async ValueTask SaveAsync(ZoneRunner runner, Moment now, CancellationToken cancellationToken)
    {
        try
        {
            await states.SaveAsync(runner.Site, runner.Zone, runner.Save(now), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.Fault();
            Log.NotKept(log, runner.Site, runner.Zone, e.Message);
        }
    }

    private ZoneRunner Open(ZoneRules rules, byte[]? saved)
    {
        try
        {
            var runner = new ZoneRunner(rules, saved, steady.Now());
            _ = runner.Wanted.Count();
            return runner;
        }
        catch (InvalidDataException e)
        {
            Log.StateUnreadable(log, rules.Site, rules.Zone, e.Message);
            return new ZoneRunner(rules, null, steady.Now());
        }
    }

    private Series Series(ZoneRunner runner, string rule) => catalog.Get(Schema.Decision, ("site", runner.Site), ("zone", runner.Zone), ("rule", rule));

    private static void Write(StoreBatch batch, Series series, Trace trace)
    {
        batch.Add(Point.OfText(series, "truth", trace.Truth.ToString().ToLowerInvariant(), trace.TimeMs));
        batch.Add(Point.OfText(series, "text", trace.Text, trace.TimeMs));
        if (trace.Target is { } target)
        {
            batch.Add(Point.Of(series, "target", target, trace.TimeMs));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Site}/{Zone}: {Actuator} should be at {Target} by {Source}: {Reason}")]
        public static partial void Decided(ILogger logger, string site, string zone, string actuator, double target, string source, string reason);

        [LoggerMessage(LogLevel.Warning, "The kept rule state of {Site}/{Zone} cannot be read; its timers start anew. {Reason}")]
        public static partial void StateUnreadable(ILogger logger, string site, string zone, string reason);

        [LoggerMessage(LogLevel.Error, "The rule state of {Site}/{Zone} could not be kept: {Reason} Rules go on; a restart now would forget their timers.")]
        public static partial void NotKept(ILogger logger, string site, string zone, string reason);

        [LoggerMessage(LogLevel.Error, "A step of the rules failed.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
