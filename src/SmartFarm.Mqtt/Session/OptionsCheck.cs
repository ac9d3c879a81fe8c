using System.Text;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>Refuses settings and messages that could never work, before they reach a broker.</summary>
internal static class OptionsCheck
{
    /// <summary>Header, topic and packet identifier: what must be known even of a message that is cut, so that it can be acknowledged.</summary>
    private const int SmallestPacketKept = 5 + 2 + Topics.MaxLength + 2;

    /// <summary>A timer of .NET takes 2^32 - 2 ms at most, 49.7 days.</summary>
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(49);

    public static void Check(MqttSessionOptions options)
    {
        Require(options.Version is MqttVersion.V311 or MqttVersion.V5, "Version is MQTT 3.1.1 or 5.");
        Require(options.ReceiveMaximum is >= 1 and <= ushort.MaxValue, "ReceiveMaximum is 1 to 65535.");
        Require(options.MaxPacketSize >= SmallestPacketKept, $"MaxPacketSize is at least {SmallestPacketKept} bytes.");
        Require(options.KeepAlive >= TimeSpan.Zero && options.KeepAlive.TotalSeconds <= ushort.MaxValue, "KeepAlive is 0 to 65535 s.");
        Require(options.SessionExpiry >= TimeSpan.Zero, "SessionExpiry is not negative.");
        Require(options.Timeout > TimeSpan.Zero, "Timeout is more than zero.");
        Require(options.MinBackoff > TimeSpan.Zero && options.MaxBackoff >= options.MinBackoff, "MinBackoff is more than zero, and not more than MaxBackoff.");
        Require(Encoding.UTF8.GetByteCount(options.ClientId) <= ushort.MaxValue, "ClientId has at most 65535 bytes.");
        Require(options.ClientId.Length > 0 || options.SessionExpiry == TimeSpan.Zero, "A lasting session needs a ClientId.");
        Require(options.Version == MqttVersion.V5 || options.Password is null || options.Username is not null, "With MQTT 3.1.1 a Password needs a Username.");
        foreach (var filter in options.Subscriptions)
        {
            Require(Topics.IsValidFilter(filter), $"'{filter}' is no valid topic filter.");
        }

        if (options.Will is { } will)
        {
            Check(will);
            Require(will.Payload.Length <= ushort.MaxValue, "A will has at most 65535 bytes.");
        }
    }

    public static void Check(MqttMessage message)
    {
        Require(message.Qos <= 1, "QoS is 0 or 1.");
        Require(Topics.IsValidName(message.Topic), $"'{message.Topic}' is no valid topic: 1 to 65535 bytes, without + and #.");
        Require(message.ResponseTopic is null || Topics.IsValidName(message.ResponseTopic), $"'{message.ResponseTopic}' is no valid response topic.");
        Require(message.Expiry is null || (message.Expiry >= TimeSpan.Zero && message.Expiry <= LongestExpiry), "Expiry is 0 to 49 days; leave it out for ever.");
        Require(message.CorrelationData.Length <= ushort.MaxValue, "Correlation data has at most 65535 bytes.");
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new ArgumentException(sentence);
        }
    }
}
