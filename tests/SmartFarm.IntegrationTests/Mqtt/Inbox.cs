using System.Text;
using System.Threading.Channels;
using SmartFarm.Mqtt;

namespace SmartFarm.IntegrationTests.Mqtt;

/// <summary>Keeps what a session receives; acknowledges when told.</summary>
internal sealed class Inbox : IMqttReceiver
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<(string Topic, string Payload, bool Retained, AckTicket Ticket)> _messages =
        Channel.CreateUnbounded<(string, string, bool, AckTicket)>();

    public int Count => _messages.Reader.Count;

    public void OnMessage(in ReceivedMessage message) =>
        _messages.Writer.TryWrite((Encoding.UTF8.GetString(message.Topic), Encoding.UTF8.GetString(message.Payload), message.Retained, message.Ticket));

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => _messages.Writer.TryComplete(new InvalidOperationException(reason));

    public async Task<(string Topic, string Payload, bool Retained, AckTicket Ticket)> NextAsync() =>
        await _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
