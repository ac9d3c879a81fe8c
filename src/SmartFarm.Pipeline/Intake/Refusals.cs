using SmartFarm.Domain.Wire;

namespace SmartFarm.Pipeline.Intake;

/// <summary>
/// What of one message is refused, by reason: the message is kept once for each reason, however many of its readings are concerned, so that
/// a batch from a device with a wrong clock does not fill the quarantine. Reused; not thread-safe.
/// </summary>
internal sealed class Refusals
{
    private readonly List<(DecodeFailure Failure, int Readings)> _byReason = [];
    private readonly List<(DecodeFailure Failure, int Readings)> _taken = [];

    /// <summary>Counts refused readings; the first sentence of a reason stands for all.</summary>
    public void Add(DecodeFailure failure, int readings = 1)
    {
        var at = _byReason.FindIndex(r => r.Failure.Reason == failure.Reason);
        if (at < 0)
        {
            _byReason.Add((failure, readings));
        }
        else
        {
            _byReason[at] = (_byReason[at].Failure, _byReason[at].Readings + readings);
        }
    }

    /// <summary>Gives what was counted, and starts anew. Valid until the next call.</summary>
    public IReadOnlyList<(DecodeFailure Failure, int Readings)> Take()
    {
        _taken.Clear();
        _taken.AddRange(_byReason);
        _byReason.Clear();
        return _taken;
    }
}
