using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Campaign.Servers;

/// <summary>One connection to the scripted broker: the worker's telemetry session, or one of its control sessions.</summary>
internal sealed class BrokerConnection(FakeBroker broker, TcpClient client)
{
    /// <summary>The worker's client id, so that its telemetry session is told from the control sessions (<c>-site</c>).</summary>
    public const string ClientId = "campaign";

    private const int MaxPacket = 1 << 20;
    private const int BatchBytes = 64 * 1024;
    private readonly Queue<Sent> _expected = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ArrayBufferWriter<byte> _answers = new();
    private readonly List<Sent> _acknowledged = [];
    private MqttVersion _version;
    private bool _isTelemetry;
    private int _number;
    private int _window = ushort.MaxValue;
    private long _sent;
    private long _acks;

    /// <summary>Resets the connection: nothing that is under way arrives.</summary>
    public void Abort()
    {
        try
        {
            client.Client.LingerState = new LingerOption(true, 0);
            client.Client.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = Task.CompletedTask;
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var input = PipeReader.Create(stream);
            using var reader = new PacketReader(MaxPacket, Oversize.Refuse);
            while (await input.ReadAsync(ended.Token) is { IsCompleted: false } read)
            {
                var rest = read.Buffer;
                var wasTelemetry = _isTelemetry;
                var goesOn = Take(reader, ref rest);
                input.AdvanceTo(rest.Start, rest.End);
                Settle();
                await AnswerAsync(stream, ended.Token);
                if (_isTelemetry && !wasTelemetry)
                {
                    sending = SendAsync(stream, ended.Token);
                }

                if (!goesOn)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The worker is gone, or the broker ends.
        }

        await ended.CancelAsync();
        await sending;
        broker.Acks.Flush();
        Abort();
    }

    private bool Take(PacketReader reader, ref ReadOnlySequence<byte> rest)
    {
        while (true)
        {
            switch (reader.Read(ref rest, out var frame, out _))
            {
                case ReadStatus.NotYet:
                    return true;
                case ReadStatus.Never:
                    return false;
                default:
                    if (!Handle(frame))
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    private bool Handle(in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                return Greet(frame);
            case PacketType.Subscribe when SubscribePacket.TryRead(frame, _version, out var subscribe, out _):
                var codes = new List<byte>();
                foreach (var _ in subscribe.Filters)
                {
                    codes.Add(ReasonCode.GrantedQos1);
                }

                new SubAckPacket { Type = PacketType.SubAck, PacketId = subscribe.PacketId, Codes = codes.ToArray() }.WriteTo(_answers, _version);
                return true;
            case PacketType.Publish when PublishPacket.TryRead(frame, _version, out var publish, out _):
                broker.Findings.Heard();
                if (publish.Qos == 1)
                {
                    new AckPacket { Type = PacketType.PubAck, PacketId = publish.PacketId }.WriteTo(_answers, _version);
                }

                return true;
            case PacketType.PubAck when AckPacket.TryRead(frame, _version, out var ack, out _):
                return Acknowledge(ack.PacketId);
            case PacketType.PingReq:
                if (broker.Behaviour.AnswersPing || !_isTelemetry)
                {
                    PingPacket.WriteResponse(_answers);
                }

                return true;
            default:
                return false;
        }
    }

    private bool Greet(in Frame frame)
    {
        if (!ConnectPacket.TryRead(frame, out var connect, out _))
        {
            return false;
        }

        _version = connect.Version;
        var isTelemetry = Encoding.UTF8.GetString(connect.ClientId) == ClientId;
        _number = isTelemetry ? broker.Findings.Connected() : 0;
        var greeting = isTelemetry ? broker.Behaviour.Greet(_number) : new Greeting(0);
        var properties = new PropertyBuffer();
        if (greeting.ReceiveMaximum > 0 && _version == MqttVersion.V5)
        {
            properties.Add(PropertyId.ReceiveMaximum, greeting.ReceiveMaximum);
        }

        var isPresent = greeting.Reason == 0 && isTelemetry && greeting.KeepsSession && broker.Session.Exists && !connect.CleanStart;
        new ConnAckPacket { SessionPresent = isPresent, ReasonCode = greeting.Reason, Properties = properties.Properties }.WriteTo(_answers, _version);
        if (greeting.Reason != 0)
        {
            return false;
        }

        if (isTelemetry)
        {
            _isTelemetry = true;
            _window = (int)(connect.Properties.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue);
            Resume(isPresent);
        }

        return true;
    }

    /// <summary>What was not acknowledged goes first, as MQTT 5 §4.4 says; to a forgotten session as if it were new.</summary>
    private void Resume(bool isPresent)
    {
        var again = broker.Behaviour.Redeliver(broker.Session.TakeOver(this));
        broker.Findings.Again(again.Count);
        foreach (var sent in again)
        {
            Write(sent, isPresent, _answers);
        }
    }

    private bool Acknowledge(ushort packetId)
    {
        lock (_expected)
        {
            if (!_expected.TryDequeue(out var sent) || sent.PacketId != packetId)
            {
                broker.Findings.AckOutOfOrder();
                return false;
            }

            _acknowledged.Add(sent);
        }

        return !broker.Behaviour.DropsAfterAck(_number, ++_acks);
    }

    private void Settle()
    {
        if (_acknowledged.Count > 0)
        {
            foreach (var sent in _acknowledged)
            {
                broker.Acks.Add(sent.Number);
            }

            broker.Acks.Flush();
            broker.Session.Done(_acknowledged);
            _acknowledged.Clear();
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (_answers.WrittenCount > 0)
        {
            await WriteAsync(stream, _answers, cancellationToken);
        }
    }

    private async Task SendAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var batch = new ArrayBufferWriter<byte>(BatchBytes * 2);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var disturbed = false;
                while (!disturbed && batch.WrittenCount < BatchBytes && broker.Session.Next(this, _window) is { } sent)
                {
                    Write(sent, isAgain: false, batch);
                    disturbed = broker.Behaviour.Disturb(_number, ++_sent, _version, batch);
                }

                if (batch.WrittenCount == 0)
                {
                    await broker.Session.WaitAsync(cancellationToken);
                    continue;
                }

                await WriteAsync(stream, batch, cancellationToken);
                if (broker.Behaviour.DropsAfterSending(_number, _sent))
                {
                    Abort();
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Abort();
        }
    }

    private async Task WriteAsync(NetworkStream stream, ArrayBufferWriter<byte> packets, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await broker.Behaviour.WriteAsync(stream, packets.WrittenMemory, cancellationToken);
            packets.ResetWrittenCount();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Write(Sent sent, bool isAgain, ArrayBufferWriter<byte> output)
    {
        Span<byte> payload = stackalloc byte[128];
        var length = broker.Fleet.WritePayload(sent.Number, payload);
        lock (_expected)
        {
            _expected.Enqueue(sent);
        }

        new PublishPacket { Duplicate = isAgain, Qos = 1, Topic = broker.Fleet.TopicOf(sent.Number), PacketId = sent.PacketId, Payload = payload[..length] }.WriteTo(output, _version);
    }
}
