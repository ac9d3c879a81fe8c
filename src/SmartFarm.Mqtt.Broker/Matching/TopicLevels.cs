namespace SmartFarm.Mqtt.Broker.Matching;

/// <summary>Topic names and topic filters level by level (MQTT 5 §4.7). Both are UTF-8 that the codec has checked.</summary>
internal static class TopicLevels
{
    /// <summary>Takes the first level off. False when it was the last one.</summary>
    public static bool Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> level)
    {
        var slash = rest.IndexOf((byte)'/');
        if (slash < 0)
        {
            level = rest;
            rest = default;
            return false;
        }

        level = rest[..slash];
        rest = rest[(slash + 1)..];
        return true;
    }

    /// <summary>Number of levels; "a" has one, "a/" has two.</summary>
    public static int Count(ReadOnlySpan<byte> topic) => topic.Count((byte)'/') + 1;

    /// <summary>Whether a topic or filter keeps to the limits of the broker.</summary>
    public static bool IsWithin(MqttBrokerOptions options, ReadOnlySpan<byte> topic) => topic.Length <= options.MaxTopicBytes && Count(topic) <= options.MaxTopicLevels;

    /// <summary>Whether the first level begins with $: such topics are the server's, and wildcards do not reach them [MQTT-4.7.2-1].</summary>
    public static bool IsOfServer(ReadOnlySpan<byte> topic) => topic is [(byte)'$', ..];
}
