using System.Buffers;
using System.IO.Pipelines;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Sessions;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>
/// The writing side of one connection: a loop that takes answers and queued messages, as many as there are, and flushes once for all of them.
/// Answers go before messages. Posting and waking are thread-safe.
/// </summary>
internal sealed class PacketSender(PipeWriter output, object owner, TimeProvider time, BrokerCounters counters)
{
    private const int BatchBytes = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly WakeSignal _signal = new();
    private ArrayBufferWriter<byte> _answers = new(512);
    private ArrayBufferWriter<byte> _taken = new(512);
    private TaskCompletionSource? _answersTaken;
    private bool _hasEnded;
    private volatile PublishWriter? _messages;
    private long _flushingSince = long.MaxValue;

    /// <summary>Timestamp since when the client takes nothing of what is sent; <see cref="long.MaxValue"/> while it does.</summary>
    public long FlushingSince => Volatile.Read(ref _flushingSince);

    /// <summary>From now on messages of the session are sent, too.</summary>
    public void Start(BrokerSession session, MqttVersion version, uint maxPacketSize)
    {
        _messages = new PublishWriter(session, owner, version, maxPacketSize, time, counters);
        Wake();
    }

    /// <summary>There may be something to send.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Sends encoded packets, soon.</summary>
    public void Post(ReadOnlySpan<byte> packets)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _answers.Write(packets);
            }
        }

        Wake();
    }

    /// <summary>Completes at once, unless so many answers wait that the client does not seem to read: then when they have been taken.</summary>
    public ValueTask WaitForRoomAsync()
    {
        lock (_lock)
        {
            if (_answers.WrittenCount <= BatchBytes || _hasEnded)
            {
                return ValueTask.CompletedTask;
            }

            _answersTaken ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_answersTaken.Task);
        }
    }

    /// <summary>Lets <see cref="RunAsync"/> end once it has sent the answers posted so far.</summary>
    public void Close()
    {
        _messages = null;
        _signal.Close();
    }

    public async Task RunAsync()
    {
        try
        {
            bool isOpen;
            do
            {
                isOpen = await _signal.WaitAsync();
                while (Write())
                {
                    Volatile.Write(ref _flushingSince, time.GetTimestamp());
                    var result = await output.FlushAsync();
                    Volatile.Write(ref _flushingSince, long.MaxValue);
                    if (result.IsCompleted || result.IsCanceled)
                    {
                        return;
                    }
                }
            }
            while (isOpen);
        }
        finally
        {
            Volatile.Write(ref _flushingSince, long.MaxValue);
            lock (_lock)
            {
                _hasEnded = true;
                _answersTaken?.TrySetResult();
            }
        }
    }

    private bool Write()
    {
        lock (_lock)
        {
            (_answers, _taken) = (_taken, _answers);
            _answersTaken?.TrySetResult();
            _answersTaken = null;
        }

        var written = _taken.WrittenCount;
        if (written > 0)
        {
            output.Write(_taken.WrittenSpan);
            _taken.ResetWrittenCount();
        }

        return written + (_messages?.Write(output, BatchBytes) ?? 0) > 0;
    }
}
