using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Simulator.InMemory;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>
/// What always holds, whatever the rules say and whatever breaks: watched in every step of every loop, on what is wanted and on the field as it really is. A promise that a
/// fault of the drive itself makes impossible (a welded contact) is not asked of that actuator.
/// </summary>
internal sealed class Promises
{
    /// <summary>A drive that sets out once a minute wears out; a nozzle may pulse, on and off, each half minute.</summary>
    private const int MostMovesPerHour = 60;

    private const int MostSwitchingsPerHour = 240;
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(10);
    private readonly LoopStory _story;
    private readonly MemoryField _field;
    private readonly MemoryZone _zone;
    private readonly LoopZone _rules;
    private readonly Watched[] _actuators;
    private readonly Dictionary<string, Truth> _truths = new(StringComparer.Ordinal);
    private int _seen;

    public Promises(LoopStory story, MemoryField field, MemoryZone zone, LoopZone rules)
    {
        (_story, _field, _zone, _rules) = (story, field, zone, rules);
        _actuators = [.. rules.Desk.Actuators.Select(a => new Watched(a, story.Faults.Any(f => f.Controller == a.Controller && (f.Actuator is null || f.Actuator == a.Actuator.Id))))];
    }

    /// <summary>Those that were broken; of each kind at each actuator only the first.</summary>
    public List<Breach> Breaches { get; } = [];

    /// <summary>Looks after a step.</summary>
    /// <param name="away">How long the backend has been away; zero while it is there.</param>
    public void Look(TimeSpan away)
    {
        Commands();
        for (var i = 0; i < _actuators.Length; i++)
        {
            Position(_actuators[i], _zone.Positions[i], away);
        }
    }

    /// <summary>Looks at what came of the rules.</summary>
    public void Look(RuleOutput output)
    {
        foreach (var decision in output.Decisions)
        {
            if (Array.Find(_actuators, a => a.Actuator.Id == decision.Actuator) is not { } actuator)
            {
                continue;
            }

            if (!(decision.Target >= actuator.Actuator.Min && decision.Target <= actuator.Actuator.Max))
            {
                Break("targets lie in the range", actuator, $"{decision.Source} wants {decision.Target}");
            }

            var isMoved = decision.Target != actuator.Target && decision.Target != actuator.Actuator.Safe;
            if (decision.Authority is Authority.Rule or Authority.CropProtection && isMoved && TruthOf(decision, output) == Truth.Unknown)
            {
                Break("unknown moves nothing", actuator, $"{decision.Source} is blind and wants {decision.Target}: {decision.Reason}");
            }

            actuator.Target = decision.Target;
        }

        foreach (var trace in output.Traces)
        {
            _truths[trace.Rule] = trace.Truth;
        }
    }

    /// <summary>What the rule thought when it decided.</summary>
    private Truth? TruthOf(Decision decision, RuleOutput output) =>
        output.Traces.FindLast(t => t.Rule == decision.Source && t.TimeMs <= decision.TimeMs)?.Truth
        ?? (_truths.TryGetValue(decision.Source, out var before) ? before : null);

    private void Commands()
    {
        var commands = _rules.Desk.Commands;
        for (; _seen < commands.Count; _seen++)
        {
            var command = commands[_seen];
            var actuator = Array.Find(_actuators, a => a.Actuator.Id == command.Actuator)!;
            actuator.Issued.Enqueue(command.Issued);
            while (actuator.Issued.Peek() < command.Issued - TimeSpan.FromHours(1))
            {
                actuator.Issued.Dequeue();
            }

            var most = actuator.Actuator.Kind == ActuatorKind.Switch ? MostSwitchingsPerHour : MostMovesPerHour;
            if (actuator.Issued.Count > most)
            {
                Break("commands do not storm", actuator, $"more than {most} commands within an hour");
            }
        }
    }

    private void Position(Watched actuator, double position, TimeSpan away)
    {
        var (config, now) = (actuator.Actuator, _field.Now);
        var isReachable = _field.IsReachable(actuator.Controller);
        actuator.ReachableSince = isReachable ? actuator.ReachableSince ?? now : null;
        if (config.Kind == ActuatorKind.Switch && !actuator.IsFaulty)
        {
            Switch(actuator, position >= 0.5);
        }

        // The patience of the controller, the way, and a step of the story before it is seen.
        var deadline = TimeSpan.FromSeconds(90) + (config.Travel * 1.5) + Reaction + (2 * _story.Step);
        if (away > deadline && now - actuator.ReachableSince > deadline && !actuator.IsFaulty && Math.Abs(position - config.Safe) > Math.Max(config.MinMove, 0.02 * (config.Max - config.Min)))
        {
            Break("a silent backend ends in the safe state", actuator, $"it is at {position:0.##} and not at {config.Safe:0.##} after {away} without the backend");
        }
    }

    private void Switch(Watched actuator, bool isOn)
    {
        var (config, now) = (actuator.Actuator, _field.Now);
        if (isOn != actuator.IsOn)
        {
            var isCommanded = actuator.Desk.Last is { } last && last.Target >= 0.5 == isOn && now - last.Issued <= Reaction + (2 * _story.Step);
            var least = actuator.IsOn ? config.MinOn : config.MinOff;
            if (isCommanded && actuator.WasCommanded && now - actuator.Since < least - _story.Step)
            {
                Break("least times hold", actuator, $"it was {(actuator.IsOn ? "on" : "off")} for {now - actuator.Since} and not for {least}");
            }

            (actuator.IsOn, actuator.Since, actuator.WasCommanded) = (isOn, now, isCommanded);
        }

        if (isOn && config.MaxOn is { } most && now - actuator.Since > most + Reaction + (2 * _story.Step) && actuator.Desk.Last?.Issued < actuator.Since + Reaction)
        {
            Break("nothing is on for longer than it may", actuator, $"it has been on for {now - actuator.Since}, and {most} is the most");
        }
    }

    private void Break(string promise, Watched actuator, string text)
    {
        if (actuator.Broken.Add(promise))
        {
            Breaches.Add(new Breach(_field.Now, promise, $"{actuator.Actuator.Id}: {text}."));
        }
    }

    private sealed class Watched(DeskActuator desk, bool isFaulty)
    {
        public DeskActuator Desk => desk;

        public Actuator Actuator => desk.Actuator;

        public string Controller => desk.Controller;

        public bool IsFaulty => isFaulty;

        public double? Target { get; set; }

        public bool IsOn { get; set; }

        public DateTimeOffset Since { get; set; }

        public bool WasCommanded { get; set; }

        public DateTimeOffset? ReachableSince { get; set; }

        public Queue<DateTimeOffset> Issued { get; } = new();

        public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);
    }
}
