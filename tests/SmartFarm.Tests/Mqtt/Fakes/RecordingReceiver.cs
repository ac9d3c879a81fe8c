using System.Text;
using System.Threading.Channels;
using SmartFarm.Mqtt;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>Keeps what it is given, and can be told to throw or to be full.</summary>
internal sealed class RecordingReceiver : IMqttReceiver
{
    private readonly Channel<Message> _messages = Channel.CreateUnbounded<Message>();
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();

    public int Flushes { get; private set; }

    /// <summary>Messages with this payload make it throw.</summary>
    public string? Poison { get; init; }

    /// <summary>What is waited for after each batch.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void OnMessage(in ReceivedMessage message)
    {
        var payload = Encoding.UTF8.GetString(message.Payload);
        if (payload == Poison)
        {
            throw new InvalidOperationException("Poisoned.");
        }

        _messages.Writer.TryWrite(new Message(Encoding.UTF8.GetString(message.Topic), payload, message.Qos, message.OversizeBytes, message.Duplicate, message.Ticket));
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        await Gate.WaitAsync(cancellationToken);
    }

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => _errors.Writer.TryWrite(reason);

    public async Task<Message> NextAsync() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(FakeConnection.Patience);

    public async Task<string> NextErrorAsync() => await _errors.Reader.ReadAsync().AsTask().WaitAsync(FakeConnection.Patience);

    public bool HasMore => _messages.Reader.TryPeek(out _);

    internal sealed record Message(string Topic, string Payload, byte Qos, long OversizeBytes, bool Duplicate, AckTicket Ticket);
}
