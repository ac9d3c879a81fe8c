using SmartFarm.Mqtt;
using SmartFarm.Simulator.Faults.Delivery;
using SmartFarm.Simulator.Faults.Nodes;

namespace SmartFarm.Simulator.Devices;

/// <summary>
/// Where a node lays down what it has to say. Without faults everything goes on at once. A node that does not reach the broker keeps its
/// messages, the oldest lost when there are too many, and sends them afterwards in order; one without power forgets them. In both cases the
/// broker says <c>offline</c> for it, as its will. Not thread-safe but for <see cref="Lost"/>.
/// </summary>
/// <param name="faults">What goes wrong on the way.</param>
/// <param name="topic">The topic of a message, of which only the last level counts.</param>
/// <param name="send">Where messages go on; must not block.</param>
/// <param name="presence">Says <c>online</c> or <c>offline</c> for the node.</param>
internal class Postbox<T>(IReadOnlyList<DeliveryFault> faults, Func<T, string> topic, Action<T> send, Action<bool> presence)
{
    /// <summary>The most messages held back by faults of delivery; past this they go on at once.</summary>
    private const int MostHeld = 10_000;

    private readonly PriorityQueue<T, (DateTimeOffset Due, long Order)> _held = new();
    private readonly Queue<T> _kept = new();
    private bool _isOn = true;
    private int _keep;
    private double _perSecond;
    private double _allowance;
    private DateTimeOffset _last;
    private long _order;
    private long _lost;

    /// <summary>Messages that a fault has swallowed.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Messages that wait for a fault to pass.</summary>
    public int Waiting => _held.Count + _kept.Count;

    /// <summary>Takes a message.</summary>
    public void Send(T message, DateTimeOffset now)
    {
        if (faults.Count == 0)
        {
            Forward(message);
            return;
        }

        SendThroughFaults(message, now);
    }

    /// <summary>Lets time pass under a condition.</summary>
    public void Advance(in NodeCondition condition, DateTimeOffset now)
    {
        var isOn = condition.HasPower && condition.IsReachable;
        if (isOn != _isOn)
        {
            _isOn = isOn;
            presence(isOn);
        }

        if (!condition.IsReachable)
        {
            (_keep, _perSecond) = (condition.Keep, condition.FlushPerSecond);
        }

        if (!condition.HasPower)
        {
            Interlocked.Add(ref _lost, Waiting);
            _kept.Clear();
            _held.Clear();
        }

        SendKept((now - _last).TotalSeconds);
        _last = now;
        while (_held.TryPeek(out _, out var next) && next.Due <= now)
        {
            Forward(_held.Dequeue());
        }
    }

    private void SendThroughFaults(T message, DateTimeOffset now)
    {
        var open = faults.Where(fault => fault.Window.IsOpen(now)).ToList();
        if (open.Count == 0 && _held.Count == 0)
        {
            Forward(message);
            return;
        }

        var delays = open.Aggregate<DeliveryFault, IReadOnlyList<TimeSpan>>(
            [TimeSpan.Zero], (list, fault) => [.. list.SelectMany(_ => fault.Deliveries(topic(message)), (before, more) => before + more)]);
        Interlocked.Add(ref _lost, delays.Count == 0 ? 1 : 0);
        foreach (var delay in delays)
        {
            if (delay == TimeSpan.Zero || _held.Count == MostHeld)
            {
                Forward(message);
            }
            else
            {
                _held.Enqueue(message, (now + delay, _order++));
            }
        }
    }

    private void SendKept(double seconds)
    {
        _allowance = _isOn && _kept.Count > 0 ? _allowance + (seconds * _perSecond) : 0;
        for (; _allowance >= 1 && _kept.Count > 0; _allowance--)
        {
            send(_kept.Dequeue());
        }
    }

    private void Forward(T message)
    {
        if (_isOn && _kept.Count == 0)
        {
            send(message);
            return;
        }

        _kept.Enqueue(message);
        while (_kept.Count > _keep)
        {
            _kept.Dequeue();
            Interlocked.Increment(ref _lost);
        }
    }
}

/// <summary>The postbox of a node that speaks MQTT.</summary>
/// <param name="faults">What goes wrong on the way.</param>
/// <param name="send">Where messages go on; must not block.</param>
/// <param name="presence">Says <c>online</c> or <c>offline</c> for the node.</param>
internal sealed class Postbox(IReadOnlyList<DeliveryFault> faults, Action<MqttMessage> send, Action<bool> presence)
    : Postbox<MqttMessage>(faults, message => message.Topic, send, presence);
