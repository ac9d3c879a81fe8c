using static SmartFarm.Mqtt.Packets.PropertyHome;
using static SmartFarm.Mqtt.Packets.PropertyId;
using static SmartFarm.Mqtt.Packets.PropertyType;

namespace SmartFarm.Mqtt.Packets;

/// <summary>Where properties may stand: one bit for each packet type, and one for the will inside CONNECT.</summary>
[Flags]
internal enum PropertyHome
{
    None = 0,
    Will = 1,
    Connect = 1 << PacketType.Connect,
    ConnAck = 1 << PacketType.ConnAck,
    Publish = 1 << PacketType.Publish,
    PubAck = 1 << PacketType.PubAck,
    PubRec = 1 << PacketType.PubRec,
    PubRel = 1 << PacketType.PubRel,
    PubComp = 1 << PacketType.PubComp,
    Subscribe = 1 << PacketType.Subscribe,
    SubAck = 1 << PacketType.SubAck,
    Unsubscribe = 1 << PacketType.Unsubscribe,
    UnsubAck = 1 << PacketType.UnsubAck,
    Disconnect = 1 << PacketType.Disconnect,
    Auth = 1 << PacketType.Auth,
    Any = 0xCFFF,
}

/// <summary>How the value of a property is encoded.</summary>
internal enum PropertyType
{
    Unknown,
    Byte,
    UInt16,
    UInt32,
    VarInt,
    Text,
    Binary,
    TextPair,
}

/// <summary>What one property may be and where (the table of MQTT 5 §2.2.2.2, ranges from the packets' own clauses).</summary>
internal readonly record struct PropertyRule(PropertyType Type, PropertyHome Homes, uint Min = 0, uint Max = uint.MaxValue)
{
    private const PropertyHome Message = Publish | Will;
    private const PropertyHome Answers = ConnAck | PubAck | PubRec | PubRel | PubComp | SubAck | UnsubAck | PropertyHome.Disconnect | Auth;
    private static readonly PropertyRule[] s_rules = new PropertyRule[(int)SharedSubscriptionAvailable + 1];

    static PropertyRule()
    {
        Set(PayloadFormatIndicator, new(PropertyType.Byte, Message, Max: 1));
        Set(MessageExpiryInterval, new(PropertyType.UInt32, Message));
        Set(ContentType, new(Text, Message));
        Set(ResponseTopic, new(Text, Message));
        Set(CorrelationData, new(Binary, Message));
        Set(SubscriptionIdentifier, new(VarInt, Publish | Subscribe, Min: 1));
        Set(SessionExpiryInterval, new(PropertyType.UInt32, Connect | ConnAck | PropertyHome.Disconnect));
        Set(AssignedClientIdentifier, new(Text, ConnAck));
        Set(ServerKeepAlive, new(PropertyType.UInt16, ConnAck));
        Set(AuthenticationMethod, new(Text, Connect | ConnAck | Auth));
        Set(AuthenticationData, new(Binary, Connect | ConnAck | Auth));
        Set(RequestProblemInformation, new(PropertyType.Byte, Connect, Max: 1));
        Set(WillDelayInterval, new(PropertyType.UInt32, Will));
        Set(RequestResponseInformation, new(PropertyType.Byte, Connect, Max: 1));
        Set(ResponseInformation, new(Text, ConnAck));
        Set(ServerReference, new(Text, ConnAck | PropertyHome.Disconnect));
        Set(ReasonString, new(Text, Answers));
        Set(ReceiveMaximum, new(PropertyType.UInt16, Connect | ConnAck, Min: 1));
        Set(TopicAliasMaximum, new(PropertyType.UInt16, Connect | ConnAck));
        Set(TopicAlias, new(PropertyType.UInt16, Publish, Min: 1));
        Set(MaximumQos, new(PropertyType.Byte, ConnAck, Max: 1));
        Set(RetainAvailable, new(PropertyType.Byte, ConnAck, Max: 1));
        Set(UserProperty, new(TextPair, Any));
        Set(MaximumPacketSize, new(PropertyType.UInt32, Connect | ConnAck, Min: 1));
        Set(WildcardSubscriptionAvailable, new(PropertyType.Byte, ConnAck, Max: 1));
        Set(SubscriptionIdentifierAvailable, new(PropertyType.Byte, ConnAck, Max: 1));
        Set(SharedSubscriptionAvailable, new(PropertyType.Byte, ConnAck, Max: 1));
    }

    public static PropertyRule Of(int id) => (uint)id < (uint)s_rules.Length ? s_rules[id] : default;

    private static void Set(PropertyId id, PropertyRule rule) => s_rules[(int)id] = rule;
}
