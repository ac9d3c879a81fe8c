namespace SmartFarm.Rules.Engine;

/// <summary>Who outranks whom, highest first; the number is the step of the ladder. Step 1, local mode, is the controller's own.</summary>
public enum Authority : byte
{
    /// <summary>A person stopped everything.</summary>
    EmergencyStop = 2,

    /// <summary>Against storm, rain and frost.</summary>
    Protection = 3,

    /// <summary>Something does not do what it is told.</summary>
    DeviceFault = 4,

    /// <summary>Interlocks of the farm.</summary>
    Interlock = 5,

    /// <summary>A person, with owner, reason and end.</summary>
    Manual = 6,

    /// <summary>Rules that save the crop from harm.</summary>
    CropProtection = 7,

    /// <summary>Rules.</summary>
    Rule = 8,

    /// <summary>What holds when no rule asks for anything.</summary>
    Default = 9,

    /// <summary>The declared safe state, after a rule has been blind for too long.</summary>
    SafeState = 10,
}

/// <summary>What the engine wants of an actuator, given everything it knows: the winner of the ladder.</summary>
/// <param name="TimeMs">Event time of the decision, ms.</param>
/// <param name="Actuator">Name of the actuator in its zone.</param>
/// <param name="Target">Absolute target in the actuator's unit; 0 or 1 for a switch.</param>
/// <param name="Authority">On whose authority.</param>
/// <param name="Source">Rule or interlock that won, as <c>id@version</c>, or the person.</param>
/// <param name="Reason">Why, in a sentence with the inputs: "air_temperature 29.1 °C > 28 °C for 2 min".</param>
public sealed record Decision(long TimeMs, string Actuator, double Target, Authority Authority, string Source, string Reason)
{
    /// <summary>Who asked for something else, or held it back, each with what and why it lost; empty when nobody did.</summary>
    public string Losers { get; init; } = "";
}

/// <summary>What one rule thought at one moment, whether it acted or not: the answer to "why", and to "why not".</summary>
/// <param name="TimeMs">Event time, ms.</param>
/// <param name="Rule">The rule, as <c>id@version</c>.</param>
/// <param name="Truth">Truth of its condition, time included.</param>
/// <param name="Target">Target it asked for; null when it asked for nothing.</param>
/// <param name="Text">Inputs, timers and, when it lost, who overruled it.</param>
public sealed record Trace(long TimeMs, string Rule, Truth Truth, double? Target, string Text);
