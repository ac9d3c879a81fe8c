using System.Buffers;
using System.Net.Sockets;
using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Simulator.Load;

/// <summary>A TCP connection that speaks packets. One thread sends, one receives.</summary>
internal sealed class LoadChannel : IDisposable
{
    /// <summary>Holds the acknowledgements of many messages, and any CONNACK that is not meant to annoy.</summary>
    private const int InputSize = 4096;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _input = new byte[InputSize];
    private readonly PacketReader _reader = new(InputSize, Oversize.Refuse);
    private int _length;

    public delegate void Take(in Frame frame);

    /// <summary>Messages that the broker takes before it has acknowledged one.</summary>
    public int ReceiveMaximum { get; private set; } = ushort.MaxValue;

    /// <summary>Connects with MQTT 5, a clean start, and no keep-alive: what has to be known of the broker the acknowledgements tell.</summary>
    /// <exception cref="SimulatorException">The broker refuses us.</exception>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    public async Task ConnectAsync(MqttSessionOptions broker, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(broker.Host, broker.Port, cancellationToken);
        await _socket.SendAsync(Greeting(broker), cancellationToken);
        await WelcomeAsync(cancellationToken);
    }

    /// <summary>Sends. A connection that is gone is found by <see cref="ReceiveAsync"/>.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The receiving side sees the same end, and counts what was on its way.
        }
    }

    /// <summary>Hands out what comes until the end of the connection, and says how it ended.</summary>
    public async Task<string> ReceiveAsync(Take take)
    {
        try
        {
            while (await _socket.ReceiveAsync(_input.AsMemory(_length)) is var read and > 0)
            {
                _length += read;
                if (Cut(take) is { } fault)
                {
                    return fault;
                }
            }

            return "The broker closed a connection.";
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return $"A connection was lost: {e.Message}";
        }
    }

    /// <summary>Says goodbye and hangs up; <see cref="ReceiveAsync"/> then ends. May be called while it runs.</summary>
    public void Close()
    {
        var goodbye = new ArrayBufferWriter<byte>();
        new DisconnectPacket { Type = PacketType.Disconnect }.WriteTo(goodbye, MqttVersion.V5);
        Send(goodbye.WrittenSpan);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _reader.Dispose();
    }

    private static byte[] Greeting(MqttSessionOptions broker)
    {
        var output = new ArrayBufferWriter<byte>();
        new ConnectPacket
        {
            Version = MqttVersion.V5,
            ClientId = Encoding.UTF8.GetBytes(broker.ClientId),
            CleanStart = true,
            HasUsername = broker.Username is not null,
            Username = Encoding.UTF8.GetBytes(broker.Username ?? ""),
            HasPassword = broker.Password is not null,
            Password = Encoding.UTF8.GetBytes(broker.Password ?? ""),
        }.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private async Task WelcomeAsync(CancellationToken cancellationToken)
    {
        var isWelcome = false;
        string? refusal = null;
        while (!isWelcome)
        {
            var read = await _socket.ReceiveAsync(_input.AsMemory(_length), cancellationToken);
            _length += read;
            var fault = Cut(OnFirst) ?? (read == 0 ? "it closed the connection before it answered." : null);
            refusal ??= fault;
            if (refusal is not null)
            {
                throw new SimulatorException($"The MQTT broker does not take us: {refusal}");
            }
        }

        void OnFirst(in Frame frame)
        {
            if (frame.Type != PacketType.ConnAck || !ConnAckPacket.TryRead(frame, MqttVersion.V5, out var answer, out _))
            {
                refusal = "its first packet is no CONNACK of MQTT 5.";
            }
            else if (answer.ReasonCode != ReasonCode.Success)
            {
                refusal = $"it refused the connection with 0x{answer.ReasonCode:X2}. Check user name, password and its limits.";
            }
            else
            {
                (isWelcome, ReceiveMaximum) = (true, (int)(answer.Properties.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue));
            }
        }
    }

    /// <summary>Takes the packets out of what has come; a sentence when it is no MQTT.</summary>
    private string? Cut(Take take)
    {
        var input = new ReadOnlySequence<byte>(_input, 0, _length);
        ReadStatus status;
        while ((status = _reader.Read(ref input, out var frame, out _)) == ReadStatus.Packet)
        {
            take(frame);
        }

        var left = (int)input.Length;
        _input.AsSpan(_length - left, left).CopyTo(_input);
        _length = left;
        return status == ReadStatus.Never ? "The broker sent what is no MQTT, or a packet that is too large." : null;
    }
}
