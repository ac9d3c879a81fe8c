using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>Tells the values of a recording in order of time, as events for the rules of one zone.</summary>
internal static class RecordingReader
{
    public static IEnumerable<(Signal Signal, RuleEvent Event)> Events(Recording recording, ZoneRules rules, Func<Signal, bool> isWanted)
    {
        var series = recording.Series.Where(s => isWanted(s.Signal))
            .Select(s => (Series: s, Index: rules.SignalIndex(s.Signal.Scope, s.Signal.Owner, s.Signal.Name)))
            .Where(s => s.Series.TimesMs.Count > 0).ToArray();
        var next = new int[series.Length];
        while (true)
        {
            // A zone has a dozen signals: a plain search is faster than a heap.
            var (first, firstMs) = (-1, long.MaxValue);
            for (var i = 0; i < series.Length; i++)
            {
                if (next[i] < series[i].Series.TimesMs.Count && series[i].Series.TimesMs[next[i]] < firstMs)
                {
                    (first, firstMs) = (i, series[i].Series.TimesMs[next[i]]);
                }
            }

            if (first < 0)
            {
                yield break;
            }

            var value = series[first].Series.Values[next[first]++];
            yield return (series[first].Series.Signal, RuleEvent.Observed(firstMs, series[first].Index, value, !double.IsNaN(value), series[first].Series.StaleAfterMs));
        }
    }
}
