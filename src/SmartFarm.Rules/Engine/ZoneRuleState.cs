using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>Everything the rules of one zone remember: newest values, timers, latches, what is wanted. Changed by the engine only; not thread-safe.</summary>
public sealed class ZoneRuleState
{
    private readonly IReadOnlyList<Actuator> _actuators;

    internal ZoneRuleState(ZoneRules rules)
    {
        _actuators = rules.Actuators;
        Inputs = new InputValue[InputValue.Count];
        Wants = new Decision?[rules.Actuators.Count];
        Winners = new int[rules.Actuators.Count];
        Rules = [.. rules.Rules.Select(r => new RuleState { Timers = new HoldTimer[r.Definition.Timers] })];
    }

    /// <summary>
    /// What is wanted of each actuator now, by the order of <see cref="ZoneRules.Actuators"/>: its last decision, or null while
    /// nobody has asked for anything.
    /// </summary>
    public IReadOnlyList<Decision?> Wanted => Wants;

    /// <summary>Event time of the newest thing considered, Unix ms; <see cref="long.MinValue"/> before the first.</summary>
    public long NowMs { get; internal set; } = long.MinValue;

    /// <summary>Event time at which something may happen without a new value; a tick up to it does nothing.</summary>
    public long NextDueMs { get; internal set; } = long.MaxValue;

    internal InputValue[] Inputs { get; }

    internal RuleState[] Rules { get; }

    internal Decision?[] Wants { get; }

    /// <summary>Scratch of the arbiter: the rule that won each actuator, −1 for none.</summary>
    internal int[] Winners { get; }

    /// <summary>What is wanted of an actuator now, or null.</summary>
    public Decision? WantedOf(string actuator)
    {
        for (var i = 0; i < _actuators.Count; i++)
        {
            if (_actuators[i].Id == actuator)
            {
                return Wants[i];
            }
        }

        return null;
    }
}
