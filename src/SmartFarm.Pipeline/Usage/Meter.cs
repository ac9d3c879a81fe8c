using SmartFarm.Pipeline.State;

namespace SmartFarm.Pipeline.Usage;

/// <summary>
/// What lies between the readings of one sensor. A counter that went back has begun anew, and a gap longer than the readings may be relied on is a gap:
/// neither counts anything. Not thread-safe.
/// </summary>
/// <param name="perSecond">What a rate of 1 adds up to in a second; null: a counter.</param>
internal sealed class Meter(double? perSecond)
{
    private (long TimeMs, double Value)? _before;

    /// <summary>Takes the newest reading, again or for the first time.</summary>
    /// <returns>What was used since the one before; null: not known, or not new.</returns>
    public double? Take(in ClimateValue reading)
    {
        if (!reading.IsUsable || reading.TimeMs == _before?.TimeMs)
        {
            return null;
        }

        var before = _before;
        _before = (reading.TimeMs, reading.Value);
        if (before is not { } old || reading.TimeMs - old.TimeMs > reading.StaleAfterMs || reading.TimeMs < old.TimeMs)
        {
            return null;
        }

        return perSecond is { } each ? Math.Max(0, (old.Value + reading.Value) / 2) * (reading.TimeMs - old.TimeMs) / 1000.0 * each
            : reading.Value >= old.Value ? reading.Value - old.Value
            : null;
    }
}
