using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>How long a value was in its band.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="HoursIn">Hours within the band.</param>
/// <param name="HoursBelow">Hours below it.</param>
/// <param name="HoursAbove">Hours above it.</param>
/// <param name="HoursUnknown">Hours in which the value or an end of the band was not known.</param>
public sealed record BandTime(string Quantity, double HoursIn, double HoursBelow, double HoursAbove, double HoursUnknown)
{
    /// <summary>Share of the known time within the band; NaN when nothing is known.</summary>
    public double ShareIn => HoursIn / (HoursIn + HoursBelow + HoursAbove);
}

/// <summary>Adds up the time in and out of the bands that rules declare, moment by moment. Not thread-safe.</summary>
internal sealed class BandWatch
{
    private const double MsPerHour = 3_600_000;
    private const string LowEnd = ".low";
    private readonly Band[] _bands;
    private long _atMs;

    public BandWatch(ZoneRules rules, long fromMs)
    {
        _atMs = fromMs;
        _bands =
        [
            .. rules.Signals.Where(s => s.Scope == SignalScope.SetPoint && s.Name.EndsWith(LowEnd, StringComparison.Ordinal)).Select(s => s.Name[..^LowEnd.Length])
                .Select(q => new Band(q, rules.SignalIndex(SignalScope.SetPoint, "", q + LowEnd), rules.SignalIndex(SignalScope.SetPoint, "", q + ".high"))),
        ];
    }

    public IReadOnlyList<BandTime> Result => [.. _bands.Select(b => new BandTime(b.Quantity, b.Hours[0], b.Hours[1], b.Hours[2], b.Hours[3]))];

    /// <summary>Counts the time up to an instant as what it was so far; to be called before the engine goes on.</summary>
    public void Advance(ZoneRuleState state, long toMs)
    {
        if (toMs <= _atMs)
        {
            return;
        }

        foreach (var band in _bands)
        {
            var knownMs = Math.Clamp(band.StaleAtMs - _atMs, 0, toMs - _atMs);
            var (low, high) = (state.ValueOf(band.Low), state.ValueOf(band.High));
            var place = low is null || high is null ? 3 : band.Value < low ? 1 : band.Value > high ? 2 : 0;
            band.Hours[place] += knownMs / MsPerHour;
            band.Hours[3] += (toMs - _atMs - knownMs) / MsPerHour;
        }

        _atMs = toMs;
    }

    /// <summary>Takes a value of the zone.</summary>
    public void Observe(Signal signal, in RuleEvent e)
    {
        foreach (var band in _bands)
        {
            if (signal.Scope == SignalScope.Zone && signal.Name == band.Quantity)
            {
                (band.Value, band.StaleAtMs) = (e.Value, e.IsUsable ? e.TimeMs + e.StaleAfterMs : long.MinValue / 2);
            }
        }
    }

    private sealed record Band(string Quantity, int Low, int High)
    {
        public double Value { get; set; }

        public long StaleAtMs { get; set; } = long.MinValue / 2;

        /// <summary>In, below, above, unknown.</summary>
        public double[] Hours { get; } = new double[4];
    }
}
