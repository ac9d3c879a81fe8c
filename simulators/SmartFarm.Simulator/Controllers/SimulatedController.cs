using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Simulator.Controllers;

/// <summary>A controller on the wire: reads commands and the backend's presence, writes answers and state. Thread-safe.</summary>
internal sealed class SimulatedController
{
    private static readonly TimeSpan StateOnTheWay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly NativeTopics _topics;
    private readonly string _site;
    private readonly string _address;
    private readonly ControllerMachine _machine;
    private readonly StateReport _report;
    private readonly Action<MqttMessage> _send;
    private long _commands;
    private long _badCommands;

    /// <param name="topics">The topic tree.</param>
    /// <param name="site">Its site.</param>
    /// <param name="controller">The controller as its farm describes it.</param>
    /// <param name="options">Times; motors move faster by the speed of the world.</param>
    /// <param name="start">When it is switched on.</param>
    /// <param name="send">Where its messages go; must not block.</param>
    public SimulatedController(
        NativeTopics topics, string site, Controller controller, SimulationOptions options, DateTimeOffset start, Action<MqttMessage> send)
    {
        (_topics, _site, _address, _send) = (topics, site, controller.Address, send);
        _machine = new ControllerMachine(controller.Actuators.Select(a => a with { Travel = a.Travel / options.Speed }), options.DeadMan, start);
        _report = new StateReport(options.StateEvery, StateOnTheWay);
    }

    public long Commands => Interlocked.Read(ref _commands);

    public long BadCommands => Interlocked.Read(ref _badCommands);

    /// <summary>What it listens to.</summary>
    public IReadOnlyList<string> Subscriptions => [_topics.Command(_site, _address), _topics.BackendStatus(_site)];

    /// <summary>Takes a message of one of its topics.</summary>
    /// <returns>Why it was not understood; null when it was.</returns>
    public string? Receive(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (_topics.Parse(topic, out _, out _) == TopicKind.Status)
        {
            lock (_lock)
            {
                _machine.Heard(payload.SequenceEqual("online"u8), now);
                Publish(now);
            }

            return null;
        }

        if (NativeCommand.Read(payload, out var failure) is not { } command)
        {
            Interlocked.Increment(ref _badCommands);
            return failure.Detail;
        }

        Interlocked.Increment(ref _commands);
        lock (_lock)
        {
            _machine.Handle(command, now);
            Publish(now);
        }

        return null;
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>Where its actuators are.</returns>
    public IReadOnlyList<(Actuator Actuator, double Position)> Tick(DateTimeOffset now)
    {
        lock (_lock)
        {
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

    private void Publish(DateTimeOffset now)
    {
        foreach (var reply in _machine.TakeReplies())
        {
            _send(new MqttMessage(_topics.Reply(_site, _address), NativeReply.Write(reply)));
        }

        var state = _machine.State(now);
        if (_report.IsDue(state, _machine.IsMoving, now))
        {
            _send(new MqttMessage(_topics.State(_site, _address), NativeState.Write(state)) { Retain = true });
        }
    }
}
