using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Where a connection stands.</summary>
internal enum ConnectionState
{
    /// <summary>Opened; CONNECT has not come.</summary>
    AwaitingConnect,

    /// <summary>CONNACK was sent.</summary>
    Connected,

    /// <summary>Nothing more is read; what is written already may still go out.</summary>
    Closing,
}

/// <summary>One connection from accept to close: reads and waits; <see cref="PacketDispatcher"/> understands, <see cref="PacketSender"/> writes.</summary>
internal sealed partial class ClientConnection : IDisposable
{
    // Bytes that one connection may have handled before others get their turn.
    private const int MostPerTurn = 64 * 1024;
    private readonly ConnectionContext _transport;
    private readonly MqttBroker _broker;
    private readonly PacketDispatcher _dispatcher;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly long _connectBy;
    private long _heardAt;
    private bool _isAborted;
    private volatile bool _isHeldBack;

    public ClientConnection(ConnectionContext transport, MqttBroker broker)
    {
        (_transport, _broker) = (transport, broker);
        _heardAt = broker.Time.GetTimestamp();
        _connectBy = broker.Time.After(broker.Options.ConnectTimeout);
        Sender = new PacketSender(transport.Transport.Output, this, broker.Time, broker.Counters);
        _dispatcher = new PacketDispatcher(this, broker);
    }

    public ConnectionState State { get; private set; }

    public PacketSender Sender { get; }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        var sending = SendAsync();
        try
        {
            await ReadAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            Log.Ended(_broker.Log, _dispatcher.LogName, e.Message);
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            Move(ConnectionState.Closing);
            _dispatcher.End();
            Sender.Close();
            await sending;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Move(ConnectionState.Closing);
            _closing.Dispose();
        }
    }

    /// <summary>CONNACK has been posted.</summary>
    public void OnConnected() => Move(ConnectionState.Connected);

    /// <summary>Closes from outside; a MQTT 5 client is told why. Thread-safe; only the first call counts.</summary>
    public bool Close(byte reasonCode)
    {
        lock (_lock)
        {
            var wasConnected = State == ConnectionState.Connected;
            if (!Move(ConnectionState.Closing))
            {
                return false;
            }

            if (wasConnected)
            {
                SendDisconnect(reasonCode);
            }

            _ = _closing.CancelAsync();
            return true;
        }
    }

    /// <summary>Tells a MQTT 5 client why it is being disconnected; MQTT 3.1.1 has no such packet.</summary>
    public void SendDisconnect(byte reasonCode)
    {
        if (_dispatcher.Version == MqttVersion.V5)
        {
            var bytes = new ArrayBufferWriter<byte>(8);
            new DisconnectPacket { Type = PacketType.Disconnect, ReasonCode = reasonCode }.WriteTo(bytes, MqttVersion.V5);
            Sender.Post(bytes.WrittenSpan);
        }
    }

    /// <summary>Posts SUBACK or UNSUBACK at once.</summary>
    public void AnswerNow(PacketType type, ushort packetId, List<byte> codes) => _dispatcher.AnswerNow(type, packetId, codes);

    /// <summary>Ends the connection when one of its times is over. Called every second.</summary>
    public void CheckTimes(long now)
    {
        if (State == ConnectionState.AwaitingConnect && now > _connectBy)
        {
            if (Close(ReasonCode.UnspecifiedError))
            {
                _broker.Counters.Add(Counter.ConnectTimeouts);
            }
        }

        var silence = _broker.Time.GetElapsedTime(Volatile.Read(ref _heardAt), now);
        if (State == ConnectionState.Connected && !_isHeldBack && _dispatcher.KeepAlive > TimeSpan.Zero && silence > 1.5 * _dispatcher.KeepAlive)
        {
            if (Close(ReasonCode.KeepAliveTimeout))
            {
                _broker.Closes.ReportKeepAlive(_dispatcher.ClientId, silence.TotalSeconds);
            }
        }

        var flushingSince = Sender.FlushingSince;
        if (flushingSince != long.MaxValue && !_isAborted && _broker.Time.GetElapsedTime(flushingSince, now) > _broker.Options.SendTimeout)
        {
            _isAborted = true;
            _broker.Closes.ReportSendTimeout(_dispatcher.ClientId);
            _transport.Abort(new ConnectionAbortedException("The client does not take what is sent to it."));
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await Sender.RunAsync();
            return;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            Log.Ended(_broker.Log, _dispatcher.LogName, e.Message);
        }
        catch (Exception e)
        {
            Fail(e);
        }

        Close(ReasonCode.UnspecifiedError);
        _transport.Abort(new ConnectionAbortedException("Sending to the client failed."));
    }

    private void Fail(Exception e)
    {
        _broker.Counters.Add(Counter.InternalErrors);
        Log.Failed(_broker.Log, e, _dispatcher.LogName);
    }

    private async Task ReadAsync()
    {
        using var packets = new PacketReader(_broker.Options.MaxPacketSize, Oversize.Refuse);
        var input = _transport.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(_closing.Token);
            Volatile.Write(ref _heardAt, _broker.Time.GetTimestamp());
            var rest = result.Buffer;
            var next = Next.Packet;
            var turn = rest.Length;
            while (next == Next.Packet && State != ConnectionState.Closing)
            {
                next = _dispatcher.Dispatch(packets, ref rest);
                if (next == Next.Wait)
                {
                    await HoldBackAsync();
                    next = Next.Packet;
                }

                if (turn - rest.Length >= MostPerTurn)
                {
                    turn = rest.Length;
                    _dispatcher.PostAnswers();
                    await Task.Yield();
                }
            }

            _dispatcher.PostAnswers();
            await Sender.WaitForRoomAsync();
            if (next == Next.Close)
            {
                return;
            }

            if (result.IsCompleted)
            {
                _dispatcher.OnInputEnd(rest);
            }

            input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private async ValueTask HoldBackAsync()
    {
        _isHeldBack = true;
        try
        {
            await _dispatcher.WaitForSubscribersAsync(_closing.Token);
        }
        finally
        {
            Volatile.Write(ref _heardAt, _broker.Time.GetTimestamp());
            _isHeldBack = false;
        }
    }

    private bool Move(ConnectionState next)
    {
        lock (_lock)
        {
            if (State >= next)
            {
                return false;
            }

            State = next;
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "The connection of {ClientId} ended: {Reason}")]
        public static partial void Ended(ILogger logger, string clientId, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Serving the connection of {ClientId} failed; it was closed. This is a fault of the broker.")]
        public static partial void Failed(ILogger logger, Exception e, string clientId);
    }
}
