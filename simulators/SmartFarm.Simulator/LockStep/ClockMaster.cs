using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.LockStep;

/// <summary>
/// Tells a worker the time over MQTT and hears when it has worked everything off. A word travels behind all that the broker had acknowledged
/// before it, and the answer behind all that the worker had sent: the broker must keep the order of what one session gets, as mosquitto and
/// the embedded one do. One word at a time.
/// </summary>
public sealed class ClockMaster : IMqttReceiver, IAsyncDisposable
{
    private readonly MqttSession _session;
    private readonly string _topic;
    private readonly string _answers;
    private readonly string _run;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _network;
    private TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number = -1;

    /// <param name="connection">Where the broker is. Its client id is the beginning of the clock's.</param>
    /// <param name="root">First level of the topics.</param>
    /// <param name="run">Name of this simulation, another at each start.</param>
    /// <param name="patience">How long to wait for an answer, by the clock of the network.</param>
    /// <param name="network">Clock of the connection.</param>
    /// <param name="loggers">Logs.</param>
    public ClockMaster(MqttSessionOptions connection, string root, string run, TimeSpan patience, TimeProvider network, ILoggerFactory loggers)
    {
        (_topic, _answers, _run, _patience, _network) = (ClockWord.TimeTopic(root), ClockWord.AnswerTopic(root), run, patience, network);
        var own = connection with { ClientId = $"{connection.ClientId}-clock", SessionExpiry = TimeSpan.Zero, Subscriptions = [_answers] };
        _session = new MqttSession(own, this, network, loggers.CreateLogger<MqttSession>());
    }

    /// <summary>Number of the word that was told last; -1: none yet.</summary>
    public long Number => Interlocked.Read(ref _number);

    /// <summary>Connects.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _session.Start();
        return _session.WhenReadyAsync(cancellationToken);
    }

    /// <summary>Completes when the session is connected.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => _session.WhenReadyAsync(cancellationToken);

    /// <summary>Tells a time; completes when it was answered: the worker is there, and what it sent is with the broker.</summary>
    /// <exception cref="SimulatorException">There was no answer in time.</exception>
    public async Task TellAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var word = new ClockWord(_run, Interlocked.Increment(ref _number), time);
        await _session.PublishAsync(new MqttMessage(_topic, word.Write()) { Retain = true }, cancellationToken);
        try
        {
            await _answered.Task.WaitAsync(_patience, _network, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new SimulatorException(
                $"No worker answered the clock on {_topic} within {_patience.TotalSeconds:0} s at {time:yyyy-MM-dd HH:mm:ss}: start one with SmartFarm__Clock__Follow=true on the same broker, and look at its log.");
        }
    }

    /// <summary>Answers itself, for a worker that is away: what hears the answer has then got all that was sent to it before.</summary>
    public async Task EchoAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var word = new ClockWord(_run, Interlocked.Increment(ref _number), time);
        await _session.PublishAsync(new MqttMessage(_answers, word.Write()), cancellationToken);
    }

    /// <summary>Completes when the session has lost its broker.</summary>
    public async Task WhenDownAsync(CancellationToken cancellationToken)
    {
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.StatusChanged += Look;
        Look(_session.Status);
        await down.Task.WaitAsync(cancellationToken);
        _session.StatusChanged -= Look;

        void Look(MqttSessionStatus status)
        {
            if (status.State != MqttSessionState.Ready)
            {
                down.TrySetResult();
            }
        }
    }

    /// <summary>Ends the simulation: nobody who starts later finds its time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_session.Status.State == MqttSessionState.Ready)
        {
            await _session.PublishAsync(new MqttMessage(_topic, ReadOnlyMemory<byte>.Empty) { Retain = true }, cancellationToken);
        }

        await _session.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    void IMqttReceiver.OnMessage(in ReceivedMessage message)
    {
        if (ClockWord.TryRead(message.Payload, out var answer) && answer.Run == _run && answer.Number == Number)
        {
            _answered.TrySetResult();
        }

        _session.Acknowledge(message.Ticket);
    }

    ValueTask IMqttReceiver.FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    void IMqttReceiver.OnProtocolError(string reason, ReadOnlySpan<byte> bytes)
    {
        // The session says so in its status and connects anew.
    }
}
