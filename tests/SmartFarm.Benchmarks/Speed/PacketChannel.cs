using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>A blocking socket that speaks packets: enough of MQTT for a load generator, and nothing more. One thread sends, one receives.</summary>
internal sealed class PacketChannel(Socket socket) : IDisposable
{
    private readonly byte[] _input = new byte[256 * 1024];
    private readonly PacketReader _reader = new(128 * 1024, Oversize.Refuse);
    private readonly Lock _sending = new();
    private int _length;

    public delegate void Take(in Frame frame);

    public MqttVersion Version { get; set; } = MqttVersion.V5;

    /// <summary>Connects to a broker as a client, and subscribes when a filter is given.</summary>
    public static PacketChannel Open(int port, string clientId, string? filter = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var channel = new PacketChannel(socket);
        var output = new ArrayBufferWriter<byte>();
        new ConnectPacket { Version = channel.Version, ClientId = Encoding.UTF8.GetBytes(clientId), CleanStart = true }.WriteTo(output);
        channel.Send(output.WrittenSpan);
        channel.Await(PacketType.ConnAck);
        if (filter is not null)
        {
            output.ResetWrittenCount();
            SubscribePacket.WriteSubscribe(output, channel.Version, 1, default, [Encoding.UTF8.GetBytes(filter)], 1);
            channel.Send(output.WrittenSpan);
            channel.Await(PacketType.SubAck);
        }

        return channel;
    }

    /// <summary>Hands out what has come, waiting for the first byte; false at the end of the connection.</summary>
    public bool Receive(Take take)
    {
        int read;
        try
        {
            read = socket.Receive(_input.AsSpan(_length));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }

        _length += read;
        var input = new ReadOnlySequence<byte>(_input, 0, _length);
        while (_reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
        {
            take(frame);
        }

        var left = (int)input.Length;
        _input.AsSpan(_length - left, left).CopyTo(_input);
        _length = left;
        return read > 0;
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_sending)
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[socket.Send(bytes)..];
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _reader.Dispose();
    }

    private void Await(PacketType type)
    {
        var seen = false;
        while (!seen)
        {
            if (!Receive((in Frame frame) => seen |= frame.Type == type))
            {
                throw new InvalidOperationException($"The other side closed the connection before its {type}.");
            }
        }
    }
}
