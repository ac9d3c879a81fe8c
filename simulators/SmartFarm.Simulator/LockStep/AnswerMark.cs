using System.Text;
using SmartFarm.Simulator.Devices;

namespace SmartFarm.Simulator.LockStep;

/// <summary>Which word of the clock a controller has heard the answer to: the commands sent before it are then with the controller. Thread-safe.</summary>
internal sealed class AnswerMark(string root)
{
    private readonly byte[] _topic = Encoding.UTF8.GetBytes(ClockWord.AnswerTopic(root));
    private long _heard = -1;

    /// <summary>The line of the controller.</summary>
    public NodeLink? Link { get; set; }

    /// <summary>Takes an answer; false when the message is none.</summary>
    public bool Takes(NodeLink.ReceivedText message)
    {
        if (!message.Topic.SequenceEqual(_topic))
        {
            return false;
        }

        if (ClockWord.TryRead(message.Payload, out var answer))
        {
            Interlocked.Exchange(ref _heard, answer.Number);
        }

        return true;
    }

    /// <summary>Completes when the answer to a word was heard, or the line is down.</summary>
    public Task HeardAsync(long number, CancellationToken cancellationToken) =>
        Link?.WhenAsync(() => Interlocked.Read(ref _heard) >= number, cancellationToken) ?? Task.CompletedTask;
}
