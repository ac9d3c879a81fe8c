using SmartFarm.Domain.Commands;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults.Nodes;

namespace SmartFarm.Simulator.Controllers;

/// <summary>A controller with what it lives on, whatever carries its messages: without power it forgets, without network it hears nothing. Not thread-safe.</summary>
internal sealed class ControllerNode(ControllerMachine machine, NodeLife life)
{
    private ControlMode? _key;
    private bool? _missedPresence;

    public NodeCondition Condition => life.Condition;

    public bool IsConnected => life.IsConnected;

    /// <summary>Lets time pass over its supply and its network.</summary>
    /// <returns>Whether it has just connected: whoever listens may have missed or lost its state.</returns>
    public bool Live(DateTimeOffset now)
    {
        var wasConnected = life.IsConnected;
        switch (life.Advance(now))
        {
            case PowerChange.Lost:
                machine.CutPower(now);
                break;
            case PowerChange.Back:
                machine.Restart(now);
                _key = null;
                break;
        }

        return life.IsConnected && !wasConnected;
    }

    /// <summary>Takes up what it missed, and the key that somebody has turned.</summary>
    public void Heed(DateTimeOffset now)
    {
        if (life.IsConnected && _missedPresence is { } isOnline)
        {
            _missedPresence = null;
            machine.Heard(isOnline, now);
        }

        if (life.Condition.HasPower && life.Condition.Key != _key)
        {
            _key = life.Condition.Key;
            machine.Turn(_key ?? ControlMode.Remote, now);
        }
    }

    /// <summary>The backend's presence is retained: who was away hears it at once on the way back.</summary>
    public void Hear(bool isOnline, DateTimeOffset now)
    {
        if (life.IsConnected)
        {
            machine.Heard(isOnline, now);
        }
        else
        {
            _missedPresence = isOnline;
        }
    }

    /// <summary>Takes a command; it judges the expiry by its own clock.</summary>
    public void Handle(Command command, DateTimeOffset now) => machine.Handle(command with { Expires = command.Expires - life.Condition.ClockError }, now);
}
