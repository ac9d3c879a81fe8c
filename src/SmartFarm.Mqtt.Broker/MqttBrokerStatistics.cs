namespace SmartFarm.Mqtt.Broker;

/// <summary>What the broker did since its start, and what it holds now. A snapshot.</summary>
public sealed record MqttBrokerStatistics
{
    /// <summary>Connections open now.</summary>
    public int Connections { get; init; }

    /// <summary>Sessions kept now, online and offline.</summary>
    public int Sessions { get; init; }

    /// <summary>Subscriptions now.</summary>
    public int Subscriptions { get; init; }

    /// <summary>Retained messages now.</summary>
    public int RetainedMessages { get; init; }

    /// <summary>Bytes of the retained messages now.</summary>
    public long RetainedBytes { get; init; }

    /// <summary>Bytes of all messages now waiting for subscribers or for their acknowledgement.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>Connections that got a successful CONNACK.</summary>
    public long ConnectionsOpened { get; init; }

    /// <summary>Connections closed at once because there were too many.</summary>
    public long ConnectionsOverLimit { get; init; }

    /// <summary>CONNECTs refused: credentials, client id, will, or a limit.</summary>
    public long ConnectsRefused { get; init; }

    /// <summary>Connections closed because CONNECT did not come in time.</summary>
    public long ConnectTimeouts { get; init; }

    /// <summary>Connections closed because nothing came for 1.5 times the keep-alive.</summary>
    public long KeepAliveTimeouts { get; init; }

    /// <summary>Connections closed because the client did not take what was sent.</summary>
    public long SendTimeouts { get; init; }

    /// <summary>Connections closed because another one came with the same client id.</summary>
    public long TakeOvers { get; init; }

    /// <summary>Connections closed because of bytes that are no MQTT or break its rules.</summary>
    public long ProtocolErrors { get; init; }

    /// <summary>Sessions that ended because their time was over.</summary>
    public long SessionsExpired { get; init; }

    /// <summary>Messages published to the broker.</summary>
    public long MessagesIn { get; init; }

    /// <summary>Messages sent to subscribers, each sending counted.</summary>
    public long MessagesOut { get; init; }

    /// <summary>Wills published.</summary>
    public long WillsPublished { get; init; }

    /// <summary>Times that a publisher had to wait for a slow subscriber.</summary>
    public long PublisherWaits { get; init; }

    /// <summary>Connections closed by a fault of the broker itself, each with an error in the log. Zero, or please report it.</summary>
    public long InternalErrors { get; init; }

    /// <summary>Messages not delivered or not kept, by reason; every reason is there.</summary>
    public required IReadOnlyDictionary<MqttDropReason, long> Dropped { get; init; }
}
