using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Engine;

/// <summary>How an actuator was moved so far.</summary>
/// <param name="MovedMs">Event time of the last move; <see cref="long.MinValue"/> for never.</param>
/// <param name="Day">Local day in which starts were counted, as Unix ms of its midnight.</param>
/// <param name="Starts">Starts on that day.</param>
internal record struct GovernorState(long MovedMs, long Day, int Starts)
{
    public static readonly GovernorState Fresh = new(long.MinValue, long.MinValue, 0);
}

/// <summary>What an actuator waits for.</summary>
internal enum Wait : byte
{
    /// <summary>Nothing.</summary>
    No,

    /// <summary>It must stay on for a while.</summary>
    On,

    /// <summary>It must stay off for a while.</summary>
    Off,

    /// <summary>It rests between moves.</summary>
    Rest,

    /// <summary>It has had its starts of the day.</summary>
    Starts,
}

/// <summary>
/// What the machine itself may be asked, whoever asks: least times on and off, rest between moves, starts per local day. Emergency stop stands above
/// all of it; rest and starts only bind persons, rules and what is below them: protection must not wait for a motor's comfort.
/// </summary>
internal static class Governor
{
    /// <summary>Why the actuator may not go there now, and until when; null when it may.</summary>
    public static (Wait Why, long UntilMs)? Objection(Actuator actuator, in GovernorState state, Decision? held, double target, Authority authority, long nowMs, long midnight, long nextMidnightMs)
    {
        if (authority == Authority.EmergencyStop || held is null || held.Target == target)
        {
            return null;
        }

        var isOn = held.Target > 0;
        if (actuator.Kind == ActuatorKind.Switch && isOn != target > 0 && state.MovedMs != long.MinValue)
        {
            var least = isOn ? actuator.MinOn : actuator.MinOff;
            if (Left(state.MovedMs, least, nowMs) is { } until)
            {
                return (isOn ? Wait.On : Wait.Off, until);
            }
        }

        if (authority < Authority.Manual)
        {
            return null;
        }

        if (state.MovedMs != long.MinValue && Left(state.MovedMs, actuator.Rest, nowMs) is { } rested)
        {
            return (Wait.Rest, rested);
        }

        return actuator.MaxStarts is { } most && IsStart(actuator, held, target) && state.Day == midnight && state.Starts >= most
            ? (Wait.Starts, nextMidnightMs)
            : null;
    }

    /// <summary>The same in words.</summary>
    public static string Say(Actuator actuator, Wait why) => why switch
    {
        Wait.On => $"must stay on for at least {Durations.Format(actuator.MinOn)}",
        Wait.Off => $"must stay off for at least {Durations.Format(actuator.MinOff)}",
        Wait.Rest => $"rests for {Durations.Format(actuator.Rest)} between moves",
        Wait.Starts => $"has had its {actuator.MaxStarts} starts of the day",
        _ => "",
    };

    /// <summary>
    /// Notes a move. Where the actuator was before the first thing that is ever wanted nobody knows: a start counts, on the careful side; rest is none.
    /// </summary>
    public static void Moved(Actuator actuator, ref GovernorState state, Decision? held, double target, long nowMs, long midnight)
    {
        var isStart = IsStart(actuator, held, target);
        if (held is null ? !isStart : held.Target == target)
        {
            return;
        }

        var starts = state.Day == midnight ? state.Starts : 0;
        state = new GovernorState(nowMs, midnight, starts + (isStart ? 1 : 0));
    }

    private static bool IsStart(Actuator actuator, Decision? held, double target) =>
        target > actuator.Min && !(held?.Target > actuator.Min);

    private static long? Left(long sinceMs, TimeSpan least, long nowMs)
    {
        var until = sinceMs + (long)least.TotalMilliseconds;
        return nowMs < until ? until : null;
    }
}
