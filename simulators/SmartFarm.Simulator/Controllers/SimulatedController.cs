using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Simulator.Controllers.KsX3267;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Controllers;

/// <summary>A controller on the wire: reads commands and the backend's presence, writes answers and state. Thread-safe.</summary>
internal sealed class SimulatedController
{
    private static readonly TimeSpan StateOnTheWay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly NativeTopics _topics;
    private readonly string _site;
    private readonly string _address;
    private readonly TimeSpan _stateEvery;
    private readonly ControllerMachine _machine;
    private readonly ControllerNode _node;
    private readonly Postbox _postbox;
    private readonly KsWire? _ks;
    private StateReport _report;
    private long _commands;
    private long _badCommands;

    /// <param name="topics">The topic tree.</param>
    /// <param name="site">Its site.</param>
    /// <param name="controller">The controller as its farm describes it.</param>
    /// <param name="options">Times; motors move faster by the speed of the world.</param>
    /// <param name="start">When it is switched on.</param>
    /// <param name="faults">What goes wrong with it.</param>
    /// <param name="postbox">Where its messages go.</param>
    public SimulatedController(
        NativeTopics topics, string site, Controller controller, SimulationOptions options, DateTimeOffset start, NodeFaults faults, Postbox postbox)
    {
        (_topics, _site, _address, _stateEvery, _postbox) = (topics, site, controller.Address, options.StateEvery, postbox);
        _machine = new ControllerMachine(controller.Actuators.Select(a => a with { Travel = a.Travel / options.Speed }), options.DeadMan, start, faults);
        _ks = options.KsX3267 ? new KsWire(topics, site, controller.Address, _machine) : null;
        _node = new ControllerNode(_machine, new NodeLife(faults.OfNode()));
        _report = new StateReport(_stateEvery, StateOnTheWay);
    }

    public long Commands => Interlocked.Read(ref _commands);

    public long BadCommands => Interlocked.Read(ref _badCommands);

    /// <summary>What it set out to do since this was asked last.</summary>
    public IReadOnlyList<Act> TakeActs()
    {
        lock (_lock)
        {
            return _machine.TakeActs();
        }
    }

    /// <summary>Where its actuators are.</summary>
    public IReadOnlyList<(Actuator Actuator, double Position)> Positions
    {
        get
        {
            lock (_lock)
            {
                return [.. _machine.Positions];
            }
        }
    }

    /// <summary>What it listens to.</summary>
    public IReadOnlyList<string> Subscriptions =>
        [_topics.Command(_site, _address), _topics.BackendStatus(_site), .. _ks is null ? Array.Empty<string>() : [_ks.WriteTopic]];

    /// <summary>Takes a message of one of its topics. Without power or network it hears nothing.</summary>
    /// <returns>Why it was not understood; null when it was.</returns>
    public string? Receive(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_topics.Parse(topic, out _, out _) == TopicKind.Status)
            {
                _node.Hear(payload.SequenceEqual("online"u8), now);
                if (_node.IsConnected)
                {
                    Publish(now);
                }

                return null;
            }

            if (!_node.IsConnected)
            {
                return null;
            }

            var fault = _ks is not null && topic.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(_ks.WriteTopic)) ? _ks.Receive(payload, now) : Handle(payload, now);
            Interlocked.Increment(ref fault is null ? ref _commands : ref _badCommands);
            Publish(now);
            return fault;
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>Where its actuators are.</returns>
    public IReadOnlyList<(Actuator Actuator, double Position)> Tick(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_node.Live(now))
            {
                Reconnected();
            }

            _postbox.Advance(_node.Condition, now);
            _node.Heed(now);
            _machine.Advance(now);
            Publish(now);
            return [.. _machine.Positions];
        }
    }

    /// <summary>Somebody turns the key at the node.</summary>
    public void Turn(ControlMode mode, DateTimeOffset now)
    {
        lock (_lock)
        {
            _machine.Turn(mode, now);
            Publish(now);
        }
    }

    /// <summary>It has just connected: whoever listens may have missed or lost its state.</summary>
    public void Reconnected()
    {
        lock (_lock)
        {
            _report = new StateReport(_stateEvery, StateOnTheWay);
        }
    }

    private string? Handle(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (NativeCommand.Read(payload, out var failure) is not { } command)
        {
            return failure.Detail;
        }

        _node.Handle(command, now);
        return null;
    }

    private void Publish(DateTimeOffset now)
    {
        if (!_node.Condition.HasPower)
        {
            return;
        }

        var error = _node.Condition.ClockError;
        foreach (var reply in _machine.TakeReplies().Where(reply => !KsNode.IsMine(reply.Id)))
        {
            _postbox.Send(new MqttMessage(_topics.Reply(_site, _address), NativeReply.Write(reply with { Time = reply.Time + error })), now);
        }

        var state = _machine.State(now);
        if (_report.IsDue(state, _machine.IsMoving, now))
        {
            _postbox.Send(new MqttMessage(_topics.State(_site, _address), NativeState.Write(state with { Time = state.Time + error })) { Retain = true }, now);
        }

        if (_ks?.Due(now) is { } registers)
        {
            _postbox.Send(registers, now);
        }
    }
}
