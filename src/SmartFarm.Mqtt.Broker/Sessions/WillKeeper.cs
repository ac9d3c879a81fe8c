using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Routing;

namespace SmartFarm.Mqtt.Broker.Sessions;

/// <summary>Keeps wills, bounded in bytes, and publishes them when it is time (MQTT 5 §3.1.2.5, §3.1.3.2.2). Used under the lock of the broker.</summary>
internal sealed class WillKeeper(long maxBytes, Router router, TimeProvider time, BrokerCounters counters)
{
    private readonly ByteBudget _bytes = new(maxBytes);

    /// <summary>False when there is no room for it.</summary>
    public bool TrySet(BrokerSession session, Will? will)
    {
        if (will is not null && !_bytes.TryTake(will.Message.Size))
        {
            return false;
        }

        session.Will = will;
        return true;
    }

    /// <summary>The client said goodbye.</summary>
    public void Forget(BrokerSession session)
    {
        if (session.Will is { } will)
        {
            _bytes.Give(will.Message.Size);
            session.Will = null;
        }
    }

    /// <summary>
    /// The client is back in its session: a delayed will is not published [MQTT-3.1.3-9]. If its old connection was still open, that
    /// one is taken to be lost, and a will without delay is published [MQTT-3.1.4-3].
    /// </summary>
    public void OnReturn(BrokerSession session, bool wasOnline)
    {
        if (wasOnline && session.Will is { } will && will.Delay <= TimeSpan.Zero)
        {
            Publish(session);
        }

        Forget(session);
    }

    /// <summary>The client has vanished.</summary>
    public void OnOffline(BrokerSession session)
    {
        if (session.Will is not { } will)
        {
            return;
        }

        if (will.Delay <= TimeSpan.Zero)
        {
            Publish(session);
        }
        else
        {
            session.WillDueAt = time.After(will.Delay);
        }
    }

    /// <summary>Publishes the will of a session, if it has one.</summary>
    public void Publish(BrokerSession session)
    {
        if (session.Will is not { } will)
        {
            return;
        }

        Forget(session);
        session.WillDueAt = long.MaxValue;
        counters.Add(Counter.WillsPublished);
        var message = will.ToMessage(time);
        router.Match(message.Topic, session);
        router.Route(message, session, waits: null);
    }
}
