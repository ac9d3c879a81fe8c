using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Automation.Targets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// Steps the rule engine of every zone that a value, a person or a controller concerns, and of all zones each second. Decisions go to the command desk, then
/// the state is kept. Starting fires nothing: what was wanted before a restart is still wanted, and the desk knows what it had already asked for.
/// </summary>
public sealed partial class RuleWorker : BackgroundService
{
    private const long StoreIntervalMs = 3_600_000;
    private const int TicksBetweenSaves = 60;
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    // A wake-up costs as much as some readings: so many that come together are worth one. Short enough to be lost in the way of a command.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly RuleBook _book;
    private readonly IRuleStateStore _states;
    private readonly CommandDesk _desk;
    private readonly AlarmBook _alarms;
    private readonly ZoneInbox _inbox;
    private readonly ZoneSignal _changed;
    private readonly WorkerMetrics _metrics;
    private readonly SteadyClock _steady;
    private readonly TimeProvider _clock;
    private readonly ILogger<RuleWorker> _log;
    private readonly MachineTime _machine;
    private readonly StoreRunner _store;
    private readonly SeriesCatalog _catalog;
    private readonly DecisionPoints _points;
    private readonly StateKeeper _keeper;
    private readonly ConcurrentQueue<TaskCompletionSource> _marks = new();
    private readonly ConcurrentQueue<Action> _questions = new();
    private readonly Dictionary<(string Site, string Zone), ZoneAutomation> _zones = [];
    private readonly Dictionary<ZoneState, SignalRoutes> _routes = [];
    private readonly Dictionary<(string Site, string Zone, string Actuator), ZoneNote.Positioned> _positions = [];
    private readonly HashSet<ZoneAutomation> _moved = [];
    private readonly List<ZoneAutomation> _news = [];
    private readonly ClimateValue[] _values = new ClimateValue[Quantities.All.Count];
    private SetsAtWork? _next;
    private int _version;
    private int _shadowVersion;
    private long _offsetMs;
    private int _ticks;

    /// <summary>Rules that follow a farm.</summary>
    /// <param name="book">What is in charge until <see cref="Use"/> says otherwise.</param>
    /// <param name="states">What the zones remember.</param>
    /// <param name="desk">Gets what is wanted.</param>
    /// <param name="alarms">Gets the alarms of the rules.</param>
    /// <param name="inbox">What people and controllers say.</param>
    /// <param name="store">Where decisions are stored.</param>
    /// <param name="catalog">Series.</param>
    /// <param name="changed">Which zones have changed.</param>
    /// <param name="metrics">Counters.</param>
    /// <param name="steady">Event time.</param>
    /// <param name="clock">For the ticks.</param>
    /// <param name="log">Log.</param>
    /// <param name="machine">For the pauses.</param>
    public RuleWorker(
        RuleBook book,
        IRuleStateStore states,
        CommandDesk desk,
        AlarmBook alarms,
        ZoneInbox inbox,
        StoreRunner store,
        SeriesCatalog catalog,
        ZoneSignal changed,
        WorkerMetrics metrics,
        SteadyClock steady,
        TimeProvider clock,
        ILogger<RuleWorker> log,
        MachineTime? machine = null)
    {
        (_book, _states, _desk, _alarms, _inbox, _changed, _metrics, _steady, _clock, _log) = (book, states, desk, alarms, inbox, changed, metrics, steady, clock, log);
        _machine = machine ?? MachineTime.Of(clock);
        (_store, _catalog, _points) = (store, catalog, new DecisionPoints(store, catalog));
        _keeper = new StateKeeper(states, metrics, log, changed.Set);
    }

    /// <summary>A guard of the rule set in charge has tripped. Called by the loop of the rules, which must not be held up.</summary>
    public event Action<GuardTrip>? GuardTripped;

    /// <summary>Puts rule sets to work with the next step. Thread-safe.</summary>
    public void Use(SetsAtWork sets)
    {
        Volatile.Write(ref _next, sets);
        _changed.Set();
    }

    /// <summary>Takes up the kept state of every zone.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    internal async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var sets = Interlocked.Exchange(ref _next, null) ?? new SetsAtWork(new LoadedSet(0, _book), null);
        var now = _steady.Now();
        _offsetMs = now.OffsetMs;
        foreach (var rules in sets.Production.Book.Zones)
        {
            var saved = await _states.LoadAsync(rules.Site, rules.Zone, cancellationToken);
            var climate = _catalog.Get(Schema.Climate, ("site", rules.Site), ("zone", rules.Zone));
            var zone = new ZoneAutomation(Open(rules, saved, now), new TargetWriter(_store, climate));
            _zones.Add((rules.Site, rules.Zone), zone);
            foreach (var decision in zone.Production.State.Wanted.OfType<Decision>())
            {
                await _desk.TellAsync(new DeskEvent.Wanted(zone.Site, zone.Zone, decision), cancellationToken);
            }
        }

        PutToWork(sets, now);
    }

    /// <summary>Keeps the state of every zone as it is at the end, so that a condition that has held for a while goes on from there.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _keeper.FinishAsync(_zones.Values, _steady.Now(), cancellationToken);
    }

    /// <summary>Completes when the rules have seen all that had changed, and their decisions are at the desk. Thread-safe.</summary>
    public Task SettleAsync(CancellationToken cancellationToken)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks.Enqueue(mark);
        _changed.Set();
        return mark.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var ticker = _clock.CreateTimer(_ => _changed.Set(), null, TickInterval, TickInterval);
        var lastTick = _clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _changed.WaitAsync(stoppingToken);
            try
            {
                // :: 9
                // A tick that was seen late, in a pause, must not make the next one look early.
                var isTick = _clock.GetElapsedTime(lastTick) >= TickInterval - TimeSpan.FromMilliseconds(100);
                if (isTick)
                {
                    lastTick = _clock.GetTimestamp();
                }

                var marks = _marks.Count;
                await StepAsync(isTick, stoppingToken);
                Reach(marks);
                await _machine.GatherAsync(Pause, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _metrics.Fault();
                Log.Fault(_log, e);
            }
        }
    }

    /// <summary>Tells the rules what is new, and hands out what they decide. Allocates nothing when that is nothing.</summary>
    internal ValueTask StepAsync(bool isTick, CancellationToken cancellationToken)
    {
        var now = _steady.Now();
        Look(isTick, now);
        foreach (var zone in _moved)
        {
            // Only a tick finds the hour over after which an arbitration is noted again.
            if (isTick || zone.Shadow is not null || !zone.Production.Output.IsEmpty)
            {
                _news.Add(zone);
            }
        }

        _moved.Clear();
        if (_news.Count > 0)
        {
            return HandOutAsync(now, cancellationToken);
        }

        _keeper.Write(now);
        return ValueTask.CompletedTask;
    }

    private void Look(bool isTick, Moment now)
    {
        if (Interlocked.Exchange(ref _next, null) is { } sets)
        {
            PutToWork(sets, now);
        }

        SetClock(now);
        TakeNotes(now);
        while (_changed.TryTake(out var source))
        {
            Observe(source, now);
        }

        if (isTick)
        {
            Tick(now);
        }

        while (_questions.TryDequeue(out var question))
        {
            question();
        }
    }

    private async ValueTask HandOutAsync(Moment now, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var zone in _news)
            {
                await HandOutAsync(zone, now, cancellationToken);
            }
        }
        finally
        {
            _news.Clear();
        }

        _keeper.Write(now);
    }

    private void Tick(Moment now)
    {
        var turn = _ticks++ % TicksBetweenSaves;
        var index = 0;
        foreach (var zone in _zones.Values)
        {
            zone.Step(RuleEvent.Tick(now.SteadyMs));
            zone.Targets.Look(zone.Production, zone.State, now);
            _moved.Add(zone);

            // Windows, integrals and counts go on without a decision: in turn, so that no second writes them all.
            if (index++ % TicksBetweenSaves == turn)
            {
                _keeper.Note(zone);
            }
        }
    }

    private void SetClock(Moment now)
    {
        if (now.OffsetMs == _offsetMs)
        {
            return;
        }

        _offsetMs = now.OffsetMs;
        foreach (var zone in _zones.Values)
        {
            foreach (var runner in zone.Runners)
            {
                runner.SetClock(now);
            }

            _moved.Add(zone);
        }
    }

    private void Observe(ZoneState source, Moment now)
    {
        var routes = RoutesOf(source);
        var count = source.TakeChanged(now.SteadyMs, _values);
        for (var i = 0; i < count; i++)
        {
            foreach (ref readonly var route in routes.Of(_values[i].Quantity))
            {
                route.Runner.Observe(route.Signal, _values[i]);
                _moved.Add(route.Zone);
            }
        }

        for (var i = 0; i < routes.Devices.Count; i++)
        {
            var (device, quantity, route) = routes.Devices[i];
            if (source.PeekDevice(device, quantity, now.SteadyMs) is { } value)
            {
                route.Runner.Observe(route.Signal, value);
                _moved.Add(route.Zone);
            }
        }
    }

    private SignalRoutes RoutesOf(ZoneState source) => _routes.TryGetValue(source, out var routes) ? routes : FindRoutes(source);

    private SignalRoutes FindRoutes(ZoneState source)
    {
        var zones = _zones.Values.Where(zone => zone.Site == source.Site.Id).ToList();
        var routes = new SignalRoutes(source, zones);
        _routes.Add(source, routes);
        foreach (var zone in zones.Where(zone => zone.Zone == source.Zone?.Id))
        {
            zone.State = source;
        }

        return routes;
    }

    private void Reach(int marks)
    {
        while (marks-- > 0 && _marks.TryDequeue(out var mark))
        {
            mark.SetResult();
        }
    }

    private ZoneRunner Open(ZoneRules rules, byte[]? saved, Moment now)
    {
        try
        {
            return ZoneRunner.Open(rules, saved, now);
        }
        catch (InvalidDataException e)
        {
            Log.StateUnreadable(_log, rules.Site, rules.Zone, e.Message);
            return ZoneRunner.Open(rules, null, now);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Site}/{Zone}: {Actuator} should be at {Target} by {Source}: {Reason}")]
        public static partial void Decided(ILogger logger, string site, string zone, string actuator, double target, string source, string reason);

        [LoggerMessage(LogLevel.Warning, "The kept rule state of {Site}/{Zone} cannot be read; its timers start anew. {Reason}")]
        public static partial void StateUnreadable(ILogger logger, string site, string zone, string reason);

        [LoggerMessage(LogLevel.Error, "A step of the rules failed.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
