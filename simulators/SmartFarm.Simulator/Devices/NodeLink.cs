using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Devices;

/// <summary>
/// The line of one node to the broker: says <c>online</c> on every connect and leaves <c>offline</c> as its will, and sends what
/// it is given in order, keeping it while the broker is away. A full outbox loses its oldest message, and counts it.
/// </summary>
internal sealed partial class NodeLink : IMqttReceiver, IAsyncDisposable
{
    private readonly MqttSession _session;
    private readonly string _statusTopic;
    private readonly Func<ReceivedText, string?>? _receive;
    private readonly ILogger _log;
    private readonly Channel<MqttMessage> _outbox;
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _isPresent = true;
    private Task _sending = Task.CompletedTask;
    private long _given;
    private long _acknowledged;
    private long _lost;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="connection">Settings with client id and subscriptions; the will is added.</param>
    /// <param name="statusTopic">Where its presence stands.</param>
    /// <param name="outbox">Messages kept while the broker is away.</param>
    /// <param name="receive">Takes what it subscribed to and says what is wrong with it, or null. Must not block.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Logs.</param>
    public NodeLink(
        MqttSessionOptions connection, string statusTopic, int outbox, Func<ReceivedText, string?>? receive, TimeProvider time, ILoggerFactory loggers)
    {
        (_statusTopic, _receive, _log) = (statusTopic, receive, loggers.CreateLogger<NodeLink>());
        _outbox = Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(outbox) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, DropOldest);
        _session = new MqttSession(connection with { Will = Presence("offline"u8) }, this, time, loggers.CreateLogger<MqttSession>());
        _session.StatusChanged += status =>
        {
            if (status.State == MqttSessionState.Ready)
            {
                SayPresence();
                Ready?.Invoke();
            }

            Volatile.Read(ref _changed).TrySetResult();
        };
    }

    /// <summary>It has connected, for the first time or again. Raised on a thread of the session.</summary>
    public event Action? Ready;

    /// <summary>A message as received; valid during the call only.</summary>
    public readonly ref struct ReceivedText
    {
        public required ReadOnlySpan<byte> Topic { get; init; }

        public required ReadOnlySpan<byte> Payload { get; init; }
    }

    public bool IsConnected => _session.Status.State == MqttSessionState.Ready;

    /// <summary>Messages given and not yet acknowledged.</summary>
    public int Waiting => _outbox.Reader.Count;

    public string Reason => _session.Status.Reason;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long Lost => Interlocked.Read(ref _lost);

    public void Start()
    {
        _session.Start();
        _sending = Task.Run(() => SendAllAsync(_stop.Token));
    }

    public Task WhenReadyAsync(CancellationToken cancellationToken) => _session.WhenReadyAsync(cancellationToken);

    /// <summary>Messages given so far.</summary>
    public long Given => Interlocked.Read(ref _given);

    /// <summary>Takes a message to send; never blocks.</summary>
    public void Send(MqttMessage message)
    {
        Interlocked.Increment(ref _given);
        if (!_outbox.Writer.TryWrite(message))
        {
            Count(ref _lost);
        }
    }

    /// <summary>Completes when everything given is acknowledged, or lost; at once when the line is down. One caller at a time.</summary>
    public Task SentAsync(CancellationToken cancellationToken) => WhenAsync(() => Given <= Acknowledged + Lost, cancellationToken);

    /// <summary>Completes when what is waited for is so, or the line is down: looks whenever something was sent, has come, or the line has changed. One caller at a time.</summary>
    public async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (IsConnected && !condition())
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _changed, changed);
            if (IsConnected && !condition())
            {
                await changed.Task.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>What the broker says of the node, where a fault is played on a connection that stays.</summary>
    public void Show(bool isPresent)
    {
        _isPresent = isPresent;
        if (IsConnected)
        {
            SayPresence();
        }
    }

    /// <summary>Says goodbye when it can: everything that waits, then <c>offline</c>. What cannot be sent any more is lost, and counted.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (IsConnected)
        {
            Send(Presence("offline"u8));
        }
        else
        {
            await _stop.CancelAsync();
        }

        _outbox.Writer.TryComplete();
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_outbox.Reader.TryRead(out _))
        {
            Interlocked.Increment(ref _lost);
        }

        await _session.StopAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _session.DisposeAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    void IMqttReceiver.OnMessage(in ReceivedMessage message)
    {
        if (_receive?.Invoke(new ReceivedText { Topic = message.Topic, Payload = message.Payload }) is { } fault)
        {
            Log.NotUnderstood(_log, System.Text.Encoding.UTF8.GetString(message.Topic), fault);
        }

        _session.Acknowledge(message.Ticket);
        Volatile.Read(ref _changed).TrySetResult();
    }

    ValueTask IMqttReceiver.FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    void IMqttReceiver.OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => Log.BrokenBroker(_log, _statusTopic, reason);

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _outbox.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await _session.PublishAsync(message, cancellationToken);
                Count(ref _acknowledged);
            }
            catch (MqttPublishException e)
            {
                Count(ref _lost);
                Log.Refused(_log, message.Topic, e.Message);
            }
            catch (OperationCanceledException)
            {
                Count(ref _lost);
                return;
            }
            catch (MqttSessionException e)
            {
                Count(ref _lost);
                Log.Ended(_log, _statusTopic, e.Message);
                return;
            }
        }
    }

    private void Count(ref long counter)
    {
        Interlocked.Increment(ref counter);
        Volatile.Read(ref _changed).TrySetResult();
    }

    private void DropOldest(MqttMessage message)
    {
        if (Interlocked.Increment(ref _lost) is 1 or 1000 or 1_000_000)
        {
            Log.Full(_log, message.Topic, Lost);
        }
    }

    private void SayPresence() => Send(_isPresent ? Presence("online"u8) : Presence("offline"u8));

    private MqttMessage Presence(ReadOnlySpan<byte> word) => new(_statusTopic, word.ToArray()) { Retain = true };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A message on {Topic} was not understood: {Fault}")]
        public static partial void NotUnderstood(ILogger log, string topic, string fault);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}: the broker sent what is no MQTT: {Reason}")]
        public static partial void BrokenBroker(ILogger log, string topic, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused a message on {Topic}: {Reason}")]
        public static partial void Refused(ILogger log, string topic, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox is full: a message on {Topic} was lost, {Lost} so far. Is the broker away?")]
        public static partial void Full(ILogger log, string topic, long lost);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: this node sends no more: {Reason}")]
        public static partial void Ended(ILogger log, string topic, string reason);
    }
}
