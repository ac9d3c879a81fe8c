namespace SmartFarm.Rules.Engine;

/// <summary>Everything the rules of one zone remember: newest values, timers, latches, what is wanted. Changed by the engine only; not thread-safe.</summary>
public sealed class ZoneRuleState
{
    private readonly ZoneRules _rules;

    internal ZoneRuleState(ZoneRules rules)
    {
        _rules = rules;
        var actuators = rules.Actuators.Count;
        Inputs = new InputValue[rules.Signals.Count];
        Wants = new Decision?[actuators];
        Winners = new int[actuators];
        Orders = new ManualOrder?[actuators];
        Waiting = new (Wait, long)[actuators];
        Array.Fill(Waiting, (Wait.No, long.MaxValue));
        Governors = new GovernorState[actuators];
        Array.Fill(Governors, GovernorState.Fresh);
        Calendar = new ZoneCalendar(rules.Place);
        Rules = [.. rules.Rules.Select(RuleState.New)];
        IsDirty = new bool[rules.Rules.Length];
        Array.Fill(IsDirty, true);
    }

    /// <summary>
    /// What is wanted of each actuator now, by the order of <see cref="ZoneRules.Actuators"/>: its last decision, or null while
    /// nobody has asked for anything.
    /// </summary>
    public IReadOnlyList<Decision?> Wanted => Wants;

    /// <summary>What persons want, by the order of <see cref="ZoneRules.Actuators"/>; null where nobody does.</summary>
    public IReadOnlyList<ManualOrder?> Overrides => Orders;

    /// <summary>The emergency stop that is on; null when none is.</summary>
    public EmergencyStop? Stop { get; internal set; }

    /// <summary>Event time of the newest thing considered, ms; <see cref="long.MinValue"/> before the first.</summary>
    public long NowMs { get; internal set; } = long.MinValue;

    /// <summary>Event time at which something may happen without a new value; a tick up to it does nothing.</summary>
    public long NextDueMs { get; internal set; } = long.MaxValue;

    /// <summary>Wall time less event time, ms.</summary>
    public long WallOffsetMs { get; internal set; }

    internal InputValue[] Inputs { get; }

    internal RuleState[] Rules { get; }

    internal Decision?[] Wants { get; }

    internal ManualOrder?[] Orders { get; }

    internal GovernorState[] Governors { get; }

    internal ZoneCalendar Calendar { get; }

    /// <summary>Rules to be looked at in this step.</summary>
    internal bool[] IsDirty { get; }

    /// <summary>Actuators to be looked at in this step, by bit.</summary>
    internal ulong DirtyActuators { get; set; } = ulong.MaxValue;

    /// <summary>Why the winner of an actuator has to wait, and until when.</summary>
    internal (Wait Why, long UntilMs)[] Waiting { get; }

    /// <summary>Scratch of the arbiter: the rule that won each actuator, −1 for none.</summary>
    internal int[] Winners { get; }

    /// <summary>What is wanted of an actuator now, or null.</summary>
    public Decision? WantedOf(string actuator) => _rules.ActuatorIndex(actuator) is >= 0 and var index ? Wants[index] : null;

    /// <summary>The value of a signal; null while it is not known.</summary>
    public double? ValueOf(int signal) => signal >= 0 && Inputs[signal] is var input && input.IsFresh(NowMs) ? input.Value : null;
}
