using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>The rules of one zone in a loop, its desk, and an observer that hears what the rules hear and moves nothing.</summary>
internal sealed class LoopZone
{
    /// <summary>A controller tells its state each minute; after three that did not come nobody knows where its actuators are.</summary>
    private const long PositionStaleMs = 180_000;

    private readonly ZoneFeed[] _feeds;
    private readonly ZoneFeed _rules;

    /// <param name="zone">The zone.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="observer">Rules that observe; null: none do.</param>
    /// <param name="isNoted">Whether what the rules are told is noted.</param>
    /// <param name="send">Where commands go.</param>
    public LoopZone(Zone zone, ZoneRules rules, ZoneRules? observer, bool isNoted, Action<string, Command> send)
    {
        Desk = new LoopDesk(zone, send);
        Zone = zone;
        _rules = new ZoneFeed(rules) { Notes = isNoted ? [] : null };
        Observer = observer is null ? null : new ZoneFeed(observer) { Notes = isNoted ? [] : null };
        _feeds = Observer is null ? [_rules] : [_rules, Observer];
    }

    public Zone Zone { get; }

    public LoopDesk Desk { get; }

    /// <summary>Who observes. To it an actuator is where the rules want it, or else in its safe state; its output is cleared by whoever reads it.</summary>
    public ZoneFeed? Observer { get; }

    public ZoneRules Rules => _rules.Rules;

    /// <summary>What the rules were told, when it is noted.</summary>
    public IReadOnlyList<RuleEvent> Notes => _rules.Notes ?? [];

    /// <summary>Every alarm that was raised.</summary>
    public List<LoopAlarm> Alarms { get; } = [];

    /// <summary>Told what came of the rules, before anybody acts on it.</summary>
    public Action<RuleOutput>? Came { get; set; }

    public void Climate(ZoneState state, ZoneClimate climate)
    {
        foreach (var feed in _feeds)
        {
            if (state.Zone is null || state.Zone.Id == Zone.Id)
            {
                feed.Climate(climate, isSite: state.Zone is null);
            }
            else
            {
                feed.Climate(climate, state.Id);
            }
        }
    }

    public void Device(string device, in ClimateValue value)
    {
        foreach (var feed in _feeds)
        {
            feed.Device(device, value);
        }
    }

    public void Reply(CommandReply reply, DateTimeOffset now)
    {
        if (Desk.Reply(reply, now) is { Stage: CommandStage.Succeeded, Last: { } done })
        {
            _rules.Tell(RuleEvent.Acknowledged(now.ToUnixTimeMilliseconds(), _rules.Rules.ActuatorIndex(done.Actuator), done.Target));
        }
    }

    public void State(string controller, ControllerState state, DateTimeOffset now)
    {
        Desk.State(controller, state, now);
        foreach (var (actuator, position) in state.Positions)
        {
            _rules.Position(actuator, position, now.ToUnixTimeMilliseconds(), PositionStaleMs);
        }
    }

    /// <summary>Lets the rules see that time has passed, and hands out what they want.</summary>
    public void Tick(DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        _rules.Tell(RuleEvent.Tick(nowMs));
        if (!_rules.Output.IsEmpty)
        {
            Came?.Invoke(_rules.Output);
        }

        foreach (var decision in _rules.Output.Decisions)
        {
            Desk.Want(decision, now);
        }

        foreach (var alarm in _rules.Output.Alarms)
        {
            if (alarm.IsRaised)
            {
                Alarms.Add(new LoopAlarm(DateTimeOffset.FromUnixTimeMilliseconds(alarm.TimeMs).ToOffset(now.Offset), alarm.Alarm, alarm.Text));
            }
        }

        _rules.Output.Clear();
        Desk.Tick(now);
        Observe(nowMs);
    }

    /// <summary>The worker is started again: what it had saved is all it knows.</summary>
    public void Restart() => _rules.Restart();

    private void Observe(long nowMs)
    {
        for (var i = 0; Observer is not null && i < Desk.Actuators.Count; i++)
        {
            var actuator = Desk.Actuators[i];
            Observer.Position(actuator.Actuator.Id, actuator.Wanted?.Target ?? actuator.Actuator.Safe, nowMs, long.MaxValue / 4);
        }

        Observer?.Tell(RuleEvent.Tick(nowMs));
    }
}
