using SmartFarm.Rules;
using SmartFarm.Simulator.InMemory;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>
/// Rules in closed loop with a simulated site, in memory: the same story, rules and seed give the same run, to the last digit. Made for one run; not thread-safe, but
/// many may go at once.
/// </summary>
internal sealed class LoopRun
{
    private readonly LoopStory _story;
    private readonly long _seed;
    private readonly MemoryField _field;
    private readonly LoopBackend _backend;
    private readonly ZoneRecorder[] _recorders;
    private readonly Promises[] _promises;
    private readonly Queue<ScenarioEvent> _events;
    private readonly HashSet<Server> _away = [];
    private DateTimeOffset _awaySince;

    /// <param name="story">What happens.</param>
    /// <param name="book">The rules that control.</param>
    /// <param name="seed">Chance of weather, houses and noise.</param>
    /// <param name="observer">Rules that hear the same and move nothing; the bands that they declare are those by which the climate is judged.</param>
    /// <param name="isNoted">Whether what the rules are told is noted, to be told again.</param>
    /// <exception cref="Simulator.SimulatorException">A fault befalls something that the farm has not.</exception>
    public LoopRun(LoopStory story, RuleBook book, long seed, RuleBook? observer = null, bool isNoted = false)
    {
        (_story, _seed, _field) = (story, seed, story.Field(seed));
        _backend = new LoopBackend(story.Farm, story.Site, book, observer, isNoted, _field);
        _recorders = [.. _field.Zones.Select((zone, i) => new ZoneRecorder(zone, Band.Of(zone.Zone.Crop), _backend.Zones[i].Observer, story.Start))];
        _promises = [.. _field.Zones.Zip(_backend.Zones, (zone, rules) => new Promises(story, _field, zone, rules))];
        _events = new Queue<ScenarioEvent>(story.Events.OrderBy(e => e.At));
        for (var i = 0; i < _promises.Length; i++)
        {
            _backend.Zones[i].Came = _promises[i].Look;
        }
    }

    /// <summary>How far it is.</summary>
    public DateTimeOffset Now => _field.Now;

    /// <summary>The rules by zone.</summary>
    public IReadOnlyList<LoopZone> Zones => _backend.Zones;

    /// <summary>What always holds, by zone.</summary>
    public IReadOnlyList<Promises> Promises => _promises;

    /// <summary>Whether the story is over.</summary>
    public bool IsOver => _field.Now >= _story.Start + _story.Duration;

    /// <summary>Plays a story to its end.</summary>
    /// <param name="story">What happens.</param>
    /// <param name="book">The rules, compiled for the farm of the story.</param>
    /// <param name="seed">Chance of weather, houses and noise.</param>
    /// <param name="referee">Rules whose bands judge the climate; null: those of the crop do.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    /// <exception cref="Simulator.SimulatorException">A fault befalls something that the farm has not.</exception>
    public static LoopResult Run(LoopStory story, RuleBook book, long seed, RuleBook? referee = null, CancellationToken cancellationToken = default)
    {
        var run = new LoopRun(story, book, seed, referee);
        while (!run.IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Step();
            foreach (var zone in run.Zones)
            {
                zone.Observer?.Output.Clear();
            }
        }

        return run.Result();
    }

    /// <summary>One step: the field lives on, the rules see it, their commands go out.</summary>
    public void Step()
    {
        var to = _field.Now + _story.Step;
        while (_events.TryPeek(out var e) && _story.Start + e.At < to)
        {
            Happen(_events.Dequeue());
        }

        _field.Advance(to);
        if (_away.Count == 0)
        {
            _field.Heartbeat(isOnline: true);
            _backend.Step();
        }
        else
        {
            _field.Deliver(null);
        }

        for (var i = 0; i < _recorders.Length; i++)
        {
            _recorders[i].Look(to, _story.Step.TotalSeconds);
            _promises[i].Look(_away.Count == 0 ? TimeSpan.Zero : to - _awaySince);
        }
    }

    /// <summary>What came of it so far.</summary>
    public LoopResult Result() => new(_story, _seed, [.. _recorders.Select((recorder, i) => recorder.Result(_backend.Zones[i], _promises[i]))]);

    /// <summary>Without its broker the worker is as good as away: neither hears the field.</summary>
    private void Happen(ScenarioEvent e)
    {
        switch (e)
        {
            case ScenarioEvent.KeyTurned key when key.Site == _story.Site.Id:
                _field.Turn(key.Controller, key.Mode);
                break;
            case ScenarioEvent.ServerMoved { IsUp: false } down:
                _awaySince = _away.Count == 0 ? _field.Now : _awaySince;
                _away.Add(down.Server);
                if (_story.IsDeathTold)
                {
                    _field.Heartbeat(isOnline: false);
                }

                break;
            case ScenarioEvent.ServerMoved up:
                if (_away.Remove(up.Server) && up.Server == Server.Worker)
                {
                    _backend.Restart();
                }

                break;
        }
    }
}
