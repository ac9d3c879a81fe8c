using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Broker.Connections;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker;

/// <summary>
/// The embedded broker: MQTT 3.1.1 and 5, QoS 0 and 1, everything in memory. Register it with <see cref="MqttBrokerServices.AddMqttBroker"/>
/// and let Kestrel connections in with <see cref="MqttBrokerConnectionHandler"/>. Thread-safe.
/// </summary>
public sealed partial class MqttBroker : IDisposable
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromSeconds(1);
    private readonly IMqttBrokerEvents[] _events;
    private readonly ConnectionSet _connections;
    private readonly LogThrottle _protocolErrors;
    private readonly LogThrottle _refusals;
    private readonly LogThrottle _overLimit;
    private readonly ITimer _sweeper;

    /// <summary>Makes the broker; it does nothing before connections come.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public MqttBroker(MqttBrokerOptions options, TimeProvider time, ILogger<MqttBroker> log, IEnumerable<IMqttBrokerEvents> events)
    {
        OptionsCheck.Demand(options);
        (Options, Time, Log, _events) = (options, time, log, [.. events]);
        (_protocolErrors, _refusals, _overLimit) = (new LogThrottle(time), new LogThrottle(time), new LogThrottle(time));
        _connections = new ConnectionSet(options.MaxConnections);
        Drops = new DropReport(Counters, time, log);
        Closes = new CloseReport(Counters, time, log);
        Core = new BrokerCore(options, time, Counters, Drops);
        Connects = new ConnectHandler(options, Core);
        Publishes = new PublishHandler(options, Core, Counters);
        Subscribes = new SubscribeHandler(options, Core);
        _sweeper = time.CreateTimer(_ => Sweep(), null, s_sweepInterval, s_sweepInterval);
    }

    /// <summary>What it did and holds now.</summary>
    public MqttBrokerStatistics Statistics => Core.Describe(new MqttBrokerStatistics
    {
        Connections = _connections.Count,
        ConnectionsOpened = Counters[Counter.ConnectionsOpened],
        ConnectionsOverLimit = Counters[Counter.ConnectionsOverLimit],
        ConnectsRefused = Counters[Counter.ConnectsRefused],
        ConnectTimeouts = Counters[Counter.ConnectTimeouts],
        KeepAliveTimeouts = Counters[Counter.KeepAliveTimeouts],
        SendTimeouts = Counters[Counter.SendTimeouts],
        TakeOvers = Counters[Counter.TakeOvers],
        ProtocolErrors = Counters[Counter.ProtocolErrors],
        SessionsExpired = Counters[Counter.SessionsExpired],
        MessagesIn = Counters[Counter.MessagesIn],
        MessagesOut = Counters[Counter.MessagesOut],
        WillsPublished = Counters[Counter.WillsPublished],
        PublisherWaits = Counters[Counter.PublisherWaits],
        InternalErrors = Counters[Counter.InternalErrors],
        Dropped = Counters.Dropped,
    });

    internal MqttBrokerOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Log { get; }

    internal BrokerCounters Counters { get; } = new();

    internal DropReport Drops { get; }

    internal CloseReport Closes { get; }

    internal BrokerCore Core { get; }

    internal ConnectHandler Connects { get; }

    internal PublishHandler Publishes { get; }

    internal SubscribeHandler Subscribes { get; }

    /// <inheritdoc/>
    public void Dispose() => _sweeper.Dispose();

    /// <summary>Serves a connection until it ends, unless there are too many.</summary>
    internal async Task ServeAsync(ClientConnection connection)
    {
        if (!_connections.TryAdd(connection))
        {
            Counters.Add(Counter.ConnectionsOverLimit);
            if (_overLimit.IsDue(out var count))
            {
                Lines.OverLimit(Log, count, Options.MaxConnections);
            }

            return;
        }

        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>Closes the connection that another one with the same client id has displaced [MQTT-3.1.4-3].</summary>
    internal void TakeOver(ClientConnection? displaced, string clientId)
    {
        if (displaced?.Close(ReasonCode.SessionTakenOver) == true)
        {
            Closes.ReportTakeOver(clientId);
        }
    }

    internal void OnConnectRefused(string clientId, string reason)
    {
        Counters.Add(Counter.ConnectsRefused);
        if (_refusals.IsDue(out var count))
        {
            Lines.Refused(Log, LogText.Of(clientId), reason, count);
        }
    }

    internal void OnProtocolError(string clientId, string reason, ReadOnlySpan<byte> bytes)
    {
        Counters.Add(Counter.ProtocolErrors);
        if (_protocolErrors.IsDue(out var count))
        {
            Lines.ProtocolError(Log, LogText.Of(clientId), reason, count);
        }

        foreach (var listener in _events)
        {
            listener.OnProtocolError(clientId, reason, bytes);
        }
    }

    private void Sweep()
    {
        _connections.CheckTimes(Time.GetTimestamp());
        Core.Sweep();
    }

    private static partial class Lines
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The client \"{ClientId}\" was disconnected: {Reason} ({Count} protocol errors since the last such line)")]
        public static partial void ProtocolError(ILogger logger, string clientId, string reason, long count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The client \"{ClientId}\" was refused: {Reason}. ({Count} refusals since the last such line)")]
        public static partial void Refused(ILogger logger, string clientId, string reason, long count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} connections were closed at once since the last such line, because {Max} are open already (MaxConnections).")]
        public static partial void OverLimit(ILogger logger, long count, int max);
    }
}
