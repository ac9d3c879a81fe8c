namespace SmartFarm.Mqtt.Packets;

/// <summary>MQTT control packet types (MQTT 5 §2.1.2): the upper four bits of the first byte.</summary>
public enum PacketType : byte
{
    /// <summary>Client to server: opens a session.</summary>
    Connect = 1,

    /// <summary>Server to client: answers CONNECT.</summary>
    ConnAck = 2,

    /// <summary>Both ways: a message.</summary>
    Publish = 3,

    /// <summary>Both ways: acknowledges a QoS 1 message.</summary>
    PubAck = 4,

    /// <summary>Both ways: first answer of QoS 2.</summary>
    PubRec = 5,

    /// <summary>Both ways: second step of QoS 2.</summary>
    PubRel = 6,

    /// <summary>Both ways: last step of QoS 2.</summary>
    PubComp = 7,

    /// <summary>Client to server: asks for messages.</summary>
    Subscribe = 8,

    /// <summary>Server to client: answers SUBSCRIBE.</summary>
    SubAck = 9,

    /// <summary>Client to server: asks for them no longer.</summary>
    Unsubscribe = 10,

    /// <summary>Server to client: answers UNSUBSCRIBE.</summary>
    UnsubAck = 11,

    /// <summary>Client to server: are you there?</summary>
    PingReq = 12,

    /// <summary>Server to client: yes.</summary>
    PingResp = 13,

    /// <summary>Ends the connection; with MQTT 5 both ways.</summary>
    Disconnect = 14,

    /// <summary>Both ways, MQTT 5: a step of an extended authentication.</summary>
    Auth = 15,
}
