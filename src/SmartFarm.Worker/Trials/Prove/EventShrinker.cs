namespace SmartFarm.Worker.Trials.Prove;

/// <summary>
/// Makes a list of events that breaks an invariant as short as it finds: whole signals, then the beginning, then ever smaller pieces are left out while what is left still breaks it
/// (delta debugging; Zeller and Hildebrandt 2002, Simplifying and isolating failure-inducing input, IEEE Trans. Softw. Eng. 28, 183-200). Values are rounded.
/// </summary>
internal sealed class EventShrinker(EventReplay replay, long endMs)
{
    private const int MostTries = 3000;
    private static readonly long LongStaleMs = (long)TimeSpan.FromHours(24).TotalMilliseconds;

    public int Tries { get; private set; }

    public IReadOnlyList<ToldEvent> Shrink(IReadOnlyList<ToldEvent> events)
    {
        var best = events.ToList();
        foreach (var signal in best.Select(e => e.Signal).Distinct().ToList())
        {
            Keep(ref best, [.. best.Where(e => e.Signal != signal)]);
        }

        // Values that grow stale must be told again and again; with patience few suffice.
        Keep(ref best, best.ConvertAll(e => e with { Event = e.Event with { StaleAfterMs = Math.Max(LongStaleMs, e.Event.StaleAfterMs) } }));
        BeginLater(ref best);
        Thin(ref best);
        foreach (var digits in new[] { 3, 2, 1, 0 })
        {
            Keep(ref best, best.ConvertAll(e => e with { Event = e.Event with { Value = Math.Round(e.Event.Value, digits) } }));
        }

        return best;
    }

    /// <summary>The story starts later, with what was known by then.</summary>
    private void BeginLater(ref List<ToldEvent> best)
    {
        for (var share = 0.95; share > 0.04 && best.Count > 0; share -= share > 0.5 ? 0.15 : 0.1)
        {
            var fromMs = best[0].TimeMs + (long)((endMs - best[0].TimeMs) * share);
            var known = best.Where(e => e.TimeMs <= fromMs && e.Signal is not null).GroupBy(e => e.Signal).Select(g => g.Last() with { TimeMs = fromMs });
            Keep(ref best, [.. known, .. best.Where(e => e.TimeMs > fromMs)]);
        }
    }

    private void Thin(ref List<ToldEvent> best)
    {
        for (var size = Math.Max(1, best.Count / 2); ; size /= 2)
        {
            for (var from = best.Count - size; from > -size && Tries < MostTries; from -= size)
            {
                var first = Math.Max(0, from);
                if (first < best.Count)
                {
                    Keep(ref best, [.. best.Take(first), .. best.Skip(from + size)]);
                }
            }

            if (size == 1 || Tries >= MostTries)
            {
                return;
            }
        }
    }

    private void Keep(ref List<ToldEvent> best, List<ToldEvent> tried)
    {
        Tries++;
        if (tried.Count > 0 && replay.BrokenAt(tried, endMs, out _) is not null)
        {
            best = tried;
        }
    }
}
