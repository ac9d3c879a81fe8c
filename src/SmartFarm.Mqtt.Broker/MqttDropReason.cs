namespace SmartFarm.Mqtt.Broker;

/// <summary>Why a copy of a message did not reach one subscriber, or was not kept.</summary>
public enum MqttDropReason
{
    /// <summary>QoS 0 for a subscriber that is offline: at most once means not now, not ever.</summary>
    OfflineQos0,

    /// <summary>QoS 0 for a subscriber whose queue is full.</summary>
    FullQos0,

    /// <summary>QoS 1 for an offline session whose queue is full.</summary>
    OfflineFull,

    /// <summary>QoS 1 for an online subscriber that did not keep up, see <see cref="MqttBrokerOptions.SlowSubscriberPatience"/>.</summary>
    SlowSubscriber,

    /// <summary>
    /// QoS 1 for an online subscriber that could not have made room: all queues together are full (<see cref="MqttBrokerOptions.MaxQueuedBytesInAll"/>),
    /// or the message is larger than <see cref="MqttBrokerOptions.MaxQueuedBytes"/>.
    /// </summary>
    NoRoomInAll,

    /// <summary>Its message expiry passed before it was sent.</summary>
    Expired,

    /// <summary>It is larger than the subscriber's Maximum Packet Size [MQTT-3.1.2-25].</summary>
    TooLargeForClient,

    /// <summary>The session ended with messages still waiting.</summary>
    SessionEnded,

    /// <summary>Delivered, but not retained: <see cref="MqttBrokerOptions.MaxRetainedMessages"/> or its bytes.</summary>
    NotRetained,

    /// <summary>Published to a topic of the server ($...), or to one with too many levels or bytes.</summary>
    TopicRefused,
}
