using System.Text;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.LockStep;

namespace SmartFarm.Worker.Stepping;

/// <summary>Takes the words of the clock out of what a session receives, and tells them once everything before them was handed over.</summary>
internal sealed class ClockReceiver(IMqttReceiver inner, ClockWords words, string root) : IMqttReceiver
{
    private readonly byte[] _topic = Encoding.UTF8.GetBytes(ClockWord.TimeTopic(root));
    private readonly int _number = words.Add();
    private ClockWord? _word;

    public IMqttSession? Session { get; set; }

    public void OnMessage(in ReceivedMessage message)
    {
        if (!message.Topic.SequenceEqual(_topic))
        {
            inner.OnMessage(message);
            return;
        }

        _word = ClockWord.TryRead(message.Payload, out var word) ? word : _word;
        Session?.Acknowledge(message.Ticket);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await inner.FlushAsync(cancellationToken);
        if (_word is { } word)
        {
            _word = null;
            words.Seen(_number, word);
        }
    }

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes) => inner.OnProtocolError(reason, bytes);
}
