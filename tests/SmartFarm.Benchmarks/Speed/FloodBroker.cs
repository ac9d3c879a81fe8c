using System.Buffers;
using System.Net;
using System.Net.Sockets;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>A broker that is never the bottleneck: it greets everybody, and floods the first client that subscribes to telemetry.</summary>
internal sealed class FloodBroker : IDisposable
{
    private readonly TcpListener _listener;
    private readonly TaskCompletionSource<Load> _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FloodBroker()
    {
        Port = Ports.Free();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        new Thread(AcceptAll) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>The load to run, once somebody has subscribed.</summary>
    public Task<Load> SubscribedAsync() => _subscribed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _listener.Dispose();

    private void AcceptAll()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                new Thread(() => Serve(new PacketChannel(socket))) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Serve(PacketChannel channel)
    {
        var answer = new ArrayBufferWriter<byte>();
        var window = (int)ushort.MaxValue;
        Load? load = null;
        while (channel.Receive(OnPacket))
        {
            load?.Wake();
        }

        load?.Wake(isClosed: true);

        void OnPacket(in Frame frame)
        {
            answer.ResetWrittenCount();
            var isTelemetry = false;
            switch (frame.Type)
            {
                case PacketType.Connect when ConnectPacket.TryRead(frame, out var connect, out _):
                    channel.Version = connect.Version;
                    window = (int)(connect.Properties.Number(PropertyId.ReceiveMaximum) ?? 4096);
                    default(ConnAckPacket).WriteTo(answer, channel.Version);
                    break;
                case PacketType.Subscribe when SubscribePacket.TryRead(frame, channel.Version, out var subscribe, out _):
                    var codes = new List<byte>();
                    foreach (var line in subscribe.Filters)
                    {
                        codes.Add(1);
                        isTelemetry |= line.Filter.EndsWith("/telemetry"u8);
                    }

                    new SubAckPacket { Type = PacketType.SubAck, PacketId = subscribe.PacketId, Codes = codes.ToArray() }.WriteTo(answer, channel.Version);
                    break;
                case PacketType.Publish when PublishPacket.TryRead(frame, channel.Version, out var publish, out _) && publish.Qos == 1:
                    new AckPacket { Type = PacketType.PubAck, PacketId = publish.PacketId }.WriteTo(answer, channel.Version);
                    break;
                case PacketType.PingReq:
                    PingPacket.WriteResponse(answer);
                    break;
                default:
                    load?.OnPacket(frame);
                    return;
            }

            channel.Send(answer.WrittenSpan);
            if (isTelemetry)
            {
                load = new Load(channel, window);
                _subscribed.TrySetResult(load);
            }
        }
    }
}
