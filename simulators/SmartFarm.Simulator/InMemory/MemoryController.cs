using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.InMemory;

/// <summary>A controller with its way to the backend.</summary>
internal sealed class MemoryController
{
    private readonly Controller _controller;
    private readonly ControllerMachine _machine;
    private readonly ControllerNode _node;
    private readonly ActuatorMachine[] _actuators;
    private readonly Postbox<FieldMessage> _postbox;
    private readonly TimeSpan _stateEvery;
    private readonly double[] _said;
    private ControlMode _saidMode;
    private DateTimeOffset? _saidAt;

    public MemoryController(Controller controller, FieldOptions options, NodeFaults faults, Action<FieldMessage> send)
    {
        (_controller, _stateEvery) = (controller, options.StateEvery);
        _machine = new ControllerMachine(controller.Actuators, options.DeadMan, options.Start, faults);
        _node = new ControllerNode(_machine, new NodeLife(faults.OfNode()));
        _actuators = [.. controller.Actuators.Select(a => _machine.Find(a.Id)!)];
        _postbox = new Postbox<FieldMessage>(faults.OfDelivery(), message => message.Topic, send, _ => { });
        _said = new double[_actuators.Length];
    }

    public string Id => _controller.Id;

    public int Count => _actuators.Length;

    public ControlMode Mode => _machine.Mode;

    /// <summary>Whether it runs and hears the backend.</summary>
    public bool IsConnected => _node.IsConnected;

    /// <summary>Lets time pass, and writes where the actuators are.</summary>
    public void Tick(DateTimeOffset now, Span<double> positions)
    {
        if (_node.Live(now))
        {
            _saidAt = null;
        }

        _postbox.Advance(_node.Condition, now);
        _node.Heed(now);
        _machine.Advance(now);
        Say(now);
        for (var i = 0; i < _actuators.Length; i++)
        {
            positions[i] = _actuators[i].Position;
        }
    }

    /// <summary>Takes a command, if it can hear it.</summary>
    public void Take(Command command, DateTimeOffset now)
    {
        if (_node.IsConnected)
        {
            _node.Handle(command, now);
            Say(now);
        }
    }

    public void Hear(bool isOnline, DateTimeOffset now) => _node.Hear(isOnline, now);

    public void Turn(ControlMode mode, DateTimeOffset now)
    {
        _machine.Turn(mode, now);
        Say(now);
    }

    private void Say(DateTimeOffset now)
    {
        if (!_node.Condition.HasPower)
        {
            return;
        }

        foreach (var reply in _machine.TakeReplies())
        {
            _postbox.Send(new FieldMessage(FieldMessage.Reply, listener => listener.Replied(_controller, reply)), now);
        }

        if (IsNews(now))
        {
            var state = _machine.State(now);
            _postbox.Send(new FieldMessage(FieldMessage.State, listener => listener.Reported(_controller, state)), now);
        }
    }

    /// <summary>As <see cref="StateReport"/> has it, without making a state that is not sent: a step of a loop is longer than the pause on the way.</summary>
    private bool IsNews(DateTimeOffset now)
    {
        const double Resolution = 0.01;
        var isNews = _saidAt is not { } at || now - at >= _stateEvery || _saidMode != _machine.Mode;
        for (var i = 0; i < _said.Length && !isNews; i++)
        {
            isNews = Math.Abs(_said[i] - _actuators[i].Measured) >= Resolution;
        }

        if (isNews)
        {
            (_saidAt, _saidMode) = (now, _machine.Mode);
            for (var i = 0; i < _said.Length; i++)
            {
                _said[i] = _actuators[i].Measured;
            }
        }

        return isNews;
    }
}
