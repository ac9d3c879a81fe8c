using System.Buffers;
using System.Net;
using System.Net.Sockets;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>A broker that only greets and acknowledges, all that one read brought with one write: the least a broker can do.</summary>
internal sealed class AckBroker : IDisposable
{
    private readonly TcpListener _listener;
    private long _messages;

    public AckBroker()
    {
        Port = Ports.Free();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start(backlog: 1024);
        new Thread(AcceptAll) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>Messages acknowledged.</summary>
    public long Messages => Volatile.Read(ref _messages);

    public void Dispose() => _listener.Dispose();

    private void AcceptAll()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                new Thread(() => Serve(new PacketChannel(socket)), maxStackSize: 128 * 1024) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Serve(PacketChannel channel)
    {
        using (channel)
        {
            var answers = new ArrayBufferWriter<byte>();
            while (channel.Receive(OnPacket))
            {
                channel.Send(answers.WrittenSpan);
                answers.ResetWrittenCount();
            }

            void OnPacket(in Frame frame)
            {
                if (frame.Type == PacketType.Connect && ConnectPacket.TryRead(frame, out var connect, out _))
                {
                    channel.Version = connect.Version;
                    default(ConnAckPacket).WriteTo(answers, channel.Version);
                }
                else if (frame.Type == PacketType.Publish && PublishPacket.TryRead(frame, channel.Version, out var publish, out _))
                {
                    new AckPacket { Type = PacketType.PubAck, PacketId = publish.PacketId }.WriteTo(answers, channel.Version);
                    Interlocked.Increment(ref _messages);
                }
            }
        }
    }
}
