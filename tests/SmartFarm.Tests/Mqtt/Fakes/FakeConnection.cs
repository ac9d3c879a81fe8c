using System.Net.Sockets;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;
using Xunit;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>One connection that a <see cref="FakeBroker"/> has accepted.</summary>
internal sealed class FakeConnection(TcpClient client) : IDisposable
{
    /// <summary>How long a test waits for what must come, on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly NetworkStream _stream = client.GetStream();

    public Task SendAsync(string hex) => SendAsync(Hex.Decode(hex));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>The next packet of the client, header included.</summary>
    public async Task<byte[]> ReadPacketAsync()
    {
        var packet = await TryReadPacketAsync();
        Assert.True(packet.Length > 0, "The client closed the connection.");
        return packet;
    }

    public async Task<string> ReadHexAsync() => Convert.ToHexString(await ReadPacketAsync());

    /// <summary>The packets until the client has closed the connection.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var packets = new List<string>();
        for (var packet = await TryReadPacketAsync(); packet.Length > 0; packet = await TryReadPacketAsync())
        {
            packets.Add(Convert.ToHexString(packet));
        }

        return packets;
    }

    /// <summary>Sends a message; at QoS 0 when the identifier is 0.</summary>
    public async Task PublishAsync(ushort id, string topic = "farm/a", string payload = "x", MqttVersion version = MqttVersion.V5) =>
        await SendAsync(Publish(id, topic, payload, version));

    /// <summary>Answers a message of the client that has a topic of one character.</summary>
    public Task AcknowledgeAsync(byte[] publish, byte code = 0) => SendAsync(new byte[] { 0x40, 3, publish[5], publish[6], code });

    public static byte[] Publish(ushort id, string topic = "farm/a", string payload = "x", MqttVersion version = MqttVersion.V5)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new PublishPacket
        {
            Qos = id == 0 ? (byte)0 : (byte)1,
            PacketId = id,
            Topic = System.Text.Encoding.UTF8.GetBytes(topic),
            Payload = System.Text.Encoding.UTF8.GetBytes(payload),
        }.WriteTo(output, version);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads until that packet comes; false when the client closes the connection first.</summary>
    public async Task<bool> ReadUntilAsync(string hex)
    {
        while (await TryReadPacketAsync() is { Length: > 0 } packet)
        {
            if (Convert.ToHexString(packet) == hex)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cuts the line as a broken network does, with RST.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Client.Close();
    }

    /// <summary>Hangs up, with FIN.</summary>
    public void Dispose() => client.Dispose();

    private async Task<byte[]> TryReadPacketAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var header = new byte[5];
        var used = 0;
        try
        {
            int length;
            do
            {
                if (await _stream.ReadAsync(header.AsMemory(used, 1), patience.Token) == 0)
                {
                    return [];
                }

                used++;
            }
            while (used < 2 || VariableByteInteger.Read(header.AsSpan(1, used - 1), out length) == 0);

            var packet = new byte[used + length];
            header.AsSpan(0, used).CopyTo(packet);
            await _stream.ReadExactlyAsync(packet.AsMemory(used), patience.Token);
            return packet;
        }
        catch (IOException)
        {
            return [];
        }
    }
}
