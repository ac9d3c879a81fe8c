using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>What a test puts into its CONNECT.</summary>
internal sealed record Connecting
{
    public bool Clean { get; init; } = true;

    public ushort KeepAlive { get; init; }

    public PropertyBuffer Properties { get; init; } = new();

    public string? WillTopic { get; init; }

    public string WillPayload { get; init; } = "gone";

    public byte WillQos { get; init; }

    public bool WillRetain { get; init; }

    public PropertyBuffer WillProperties { get; init; } = new();

    public string? Username { get; init; }

    public string? Password { get; init; }

    public static Connecting Kept(uint seconds = 3600) =>
        new() { Clean = false, Properties = new PropertyBuffer().Add(PropertyId.SessionExpiryInterval, seconds) };
}

/// <summary>A socket that speaks the codec and nothing else: every packet is seen as it comes, and nothing is answered by itself.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly PacketReader _packets = new(10_000_000, Oversize.Refuse);
    private ReadOnlyMemory<byte> _input;

    private RawClient(MqttVersion version) => Version = version;

    public MqttVersion Version { get; }

    public static async Task<RawClient> OpenAsync(int port, MqttVersion version)
    {
        var client = new RawClient(version);
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    public async Task<Packet> ConnectAsync(string clientId, Connecting connecting)
    {
        await SendAsync(output => new ConnectPacket
        {
            Version = Version,
            CleanStart = connecting.Clean,
            KeepAlive = connecting.KeepAlive,
            Properties = connecting.Properties.Properties,
            ClientId = Encoding.UTF8.GetBytes(clientId),
            HasWill = connecting.WillTopic is not null,
            WillTopic = Encoding.UTF8.GetBytes(connecting.WillTopic ?? ""),
            WillPayload = Encoding.UTF8.GetBytes(connecting.WillPayload),
            WillQos = connecting.WillTopic is null ? (byte)0 : connecting.WillQos,
            WillRetain = connecting.WillRetain,
            WillProperties = connecting.WillProperties.Properties,
            HasUsername = connecting.Username is not null,
            Username = Encoding.UTF8.GetBytes(connecting.Username ?? ""),
            HasPassword = connecting.Password is not null,
            Password = Encoding.UTF8.GetBytes(connecting.Password ?? ""),
        }.WriteTo(output));
        return await ExpectAsync(PacketType.ConnAck);
    }

    /// <summary>Subscribes; <paramref name="options"/> is the options byte of §3.8.3.1.</summary>
    public async Task<Packet> SubscribeAsync(string filter, byte options = 1, uint id = 0)
    {
        await SendSubscribeAsync(filter, options, id);
        return await ExpectAsync(PacketType.SubAck);
    }

    public Task SendSubscribeAsync(string filter, byte options = 1, uint id = 0)
    {
        var name = Encoding.UTF8.GetBytes(filter);
        byte[] properties = Version != MqttVersion.V5 ? [] : id == 0 ? [0] : [2, (byte)PropertyId.SubscriptionIdentifier, (byte)id];
        byte[] body = [0, 7, .. properties, (byte)(name.Length >> 8), (byte)name.Length, .. name, options];
        var length = new byte[4];
        byte[] packet = [0x82, .. length[..VariableByteInteger.Write(length, body.Length)], .. body];
        return SendBytesAsync(packet);
    }

    /// <summary>Subscribes to all of them at QoS 1 in one packet.</summary>
    public async Task<Packet> SubscribeToAllAsync(params string[] filters)
    {
        await SendAsync(output => SubscribePacket.WriteSubscribe(output, Version, 9, default, [.. filters.Select(Encoding.UTF8.GetBytes)], 1));
        return await ExpectAsync(PacketType.SubAck);
    }

    public async Task<Packet> UnsubscribeAsync(string filter)
    {
        await SendAsync(output => SubscribePacket.WriteUnsubscribe(output, Version, 8, default, [Encoding.UTF8.GetBytes(filter)]));
        return await ExpectAsync(PacketType.UnsubAck);
    }

    /// <summary>Publishes at QoS 1 and waits for the PUBACK.</summary>
    public async Task<Packet> PublishAsync(string topic, string payload, bool retain = false, PropertyBuffer? properties = null, ushort id = 21)
    {
        await SendPublishAsync(topic, payload, 1, retain, properties, id);
        return await ExpectAsync(PacketType.PubAck);
    }

    public Task SendPublishAsync(string topic, string payload, byte qos = 0, bool retain = false, PropertyBuffer? properties = null, ushort id = 21) =>
        SendAsync(output => new PublishPacket
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = qos,
            Retain = retain,
            PacketId = id,
            Properties = properties is null ? default : properties.Properties,
        }.WriteTo(output, Version));

    public Task AcknowledgeAsync(Packet message) =>
        SendAsync(output => new AckPacket { Type = PacketType.PubAck, PacketId = message.PacketId }.WriteTo(output, Version));

    public Task PingAsync() => SendAsync(PingPacket.WriteRequest);

    public Task DisconnectAsync(byte reasonCode = 0) =>
        SendAsync(output => new DisconnectPacket { Type = PacketType.Disconnect, ReasonCode = reasonCode }.WriteTo(output, Version));

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends, and closes this side: nothing more will come. The broker may have closed already.</summary>
    public async Task SendLastAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendBytesAsync(bytes);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Closed by the broker in the middle of it.
        }
    }

    /// <summary>Reads whatever comes until the broker has closed.</summary>
    public async Task ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, patience.Token) > 0)
            {
                // What it says is not the question.
            }
        }
        catch (SocketException)
        {
            // A reset is a close.
        }
    }

    /// <summary>Next packet; null when the broker has closed.</summary>
    public async Task<Packet?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            if (TryTake(out var packet))
            {
                return packet;
            }

            int count;
            try
            {
                count = await _socket.ReceiveAsync(buffer, patience.Token);
            }
            catch (SocketException)
            {
                return null;
            }

            if (count == 0)
            {
                return null;
            }

            _input = Join(_input, buffer.AsSpan(0, count));
        }
    }

    public async Task<Packet> ExpectAsync(PacketType type)
    {
        var packet = await ReceiveAsync();
        Assert.True(packet is not null, $"The broker closed instead of sending {type}.");
        Assert.Equal(type, packet.Type);
        return packet;
    }

    /// <summary>The next message, acknowledged if it asks for it.</summary>
    public async Task<Packet> ExpectMessageAsync(string? topic = null)
    {
        var message = await ExpectAsync(PacketType.Publish);
        Assert.Equal(topic ?? message.Topic, message.Topic);
        if (message.Qos > 0)
        {
            await AcknowledgeAsync(message);
        }

        return message;
    }

    /// <summary>The broker closes; gives the reason of its DISCONNECT, or null when there was none.</summary>
    public async Task<byte?> ExpectCloseAsync()
    {
        var packet = await ReceiveAsync();
        if (packet is not null)
        {
            Assert.Equal(PacketType.Disconnect, packet.Type);
            Assert.Null(await ReceiveAsync());
        }

        return packet?.Code;
    }

    /// <summary>No message is on its way to this client: one published to it now comes next.</summary>
    public async Task ExpectNothingAsync()
    {
        var topic = "barrier/" + Guid.NewGuid();
        await SubscribeAsync(topic, 0);
        await SendPublishAsync(topic, "");
        await ExpectMessageAsync(topic);
    }

    public void Cut() => _socket.Close();

    public void Dispose()
    {
        _socket.Dispose();
        _packets.Dispose();
    }

    private Task SendAsync(Action<IBufferWriter<byte>> write)
    {
        _output.ResetWrittenCount();
        write(_output);
        return SendBytesAsync(_output.WrittenMemory.ToArray());
    }

    private static byte[] Join(ReadOnlyMemory<byte> first, ReadOnlySpan<byte> second) => [.. first.Span, .. second];

    private bool TryTake(out Packet? packet)
    {
        packet = null;
        var bytes = new ReadOnlySequence<byte>(_input);
        var status = _packets.Read(ref bytes, out var frame, out var fault);
        Assert.False(status == ReadStatus.Never, fault.Reason);
        if (status == ReadStatus.Packet)
        {
            packet = Packet.Decode(frame, Version);
            _input = _input[^(int)bytes.Length..];
        }

        return packet is not null;
    }
}
