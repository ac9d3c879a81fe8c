using System.Buffers;
using System.Text;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>The packets that open a conversation, made from the options.</summary>
internal static class Greeting
{
    /// <summary>Packet identifier of SUBSCRIBE; no message has it.</summary>
    public const ushort SubscribeId = 1;

    public static void WriteConnect(MqttSessionOptions options, OutputBuffer output)
    {
        var properties = new PropertyBuffer();
        if (options.SessionExpiry > TimeSpan.Zero)
        {
            properties.Add(PropertyId.SessionExpiryInterval, SessionExpirySeconds(options));
        }

        properties.Add(PropertyId.ReceiveMaximum, (uint)options.ReceiveMaximum);
        var willProperties = new PropertyBuffer();
        if (options.Will?.Expiry is { } expiry)
        {
            willProperties.Add(PropertyId.MessageExpiryInterval, Seconds(expiry));
        }

        var packet = new ConnectPacket
        {
            Version = options.Version,
            CleanStart = options.SessionExpiry == TimeSpan.Zero,
            KeepAlive = (ushort)Math.Min(ushort.MaxValue, Seconds(options.KeepAlive)),
            Properties = properties.Properties,
            ClientId = Encoding.UTF8.GetBytes(options.ClientId),
            HasWill = options.Will is not null,
            WillQos = options.Will?.Qos ?? 0,
            WillRetain = options.Will?.Retain ?? false,
            WillProperties = willProperties.Properties,
            WillTopic = Encoding.UTF8.GetBytes(options.Will?.Topic ?? ""),
            WillPayload = options.Will is { } will ? will.Payload.Span : default,
            HasUsername = options.Username is not null,
            Username = Encoding.UTF8.GetBytes(options.Username ?? ""),
            HasPassword = options.Password is not null,
            Password = Encoding.UTF8.GetBytes(options.Password ?? ""),
        };
        output.Write(packet, static (bytes, p) => p.WriteTo(bytes));
    }

    public static void WriteSubscribe(MqttSessionOptions options, OutputBuffer output) => output.Write(options, WriteSubscribe);

    public static int SubscribeSize(MqttSessionOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        WriteSubscribe(bytes, options);
        return bytes.WrittenCount;
    }

    /// <summary>The largest value means for ever (MQTT 5 §3.1.2.11.2).</summary>
    public static uint SessionExpirySeconds(MqttSessionOptions options) => Seconds(options.SessionExpiry);

    private static void WriteSubscribe(IBufferWriter<byte> bytes, MqttSessionOptions options) =>
        SubscribePacket.WriteSubscribe(bytes, options.Version, SubscribeId, default, [.. options.Subscriptions.Select(Encoding.UTF8.GetBytes)], qos: 1);

    private static uint Seconds(TimeSpan time) => (uint)Math.Min(uint.MaxValue, Math.Ceiling(time.TotalSeconds));
}
