using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>What was measured and reported in a zone over a time. Immutable.</summary>
/// <param name="FromMs">Begin, Unix ms.</param>
/// <param name="ToMs">End, Unix ms.</param>
/// <param name="Series">One series for each signal.</param>
public sealed record Recording(long FromMs, long ToMs, IReadOnlyList<RecordedSeries> Series)
{
    /// <summary>Number of values.</summary>
    public long Count => Series.Sum(s => (long)s.TimesMs.Count);

    /// <summary>The same without the values that lie before its begin or from its end on.</summary>
    public Recording Cut() => this with
    {
        Series =
        [
            .. Series.Select(s =>
            {
                var kept = s.TimesMs.Zip(s.Values).Where(v => v.First >= FromMs && v.First < ToMs).ToArray();
                return s with { TimesMs = [.. kept.Select(v => v.First)], Values = [.. kept.Select(v => v.Second)] };
            }),
        ],
    };

    /// <summary>The series of a signal; null when there is none.</summary>
    public RecordedSeries? Of(SignalScope scope, string owner, string name) => Series.FirstOrDefault(s => s.Signal.Scope == scope && s.Signal.Owner == owner && s.Signal.Name == name);
}

/// <summary>The values of one signal in order of time.</summary>
/// <param name="Signal">Which.</param>
/// <param name="StaleAfterMs">Age above which a value is unknown.</param>
/// <param name="TimesMs">Unix ms of each value.</param>
/// <param name="Values">The values in the unit of the signal; NaN for one that may not be relied on.</param>
public sealed record RecordedSeries(Signal Signal, long StaleAfterMs, IReadOnlyList<long> TimesMs, IReadOnlyList<double> Values);
