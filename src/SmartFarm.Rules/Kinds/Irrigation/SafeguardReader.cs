using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Reads what ends a cycle early and what a day may have.</summary>
internal static class SafeguardReader
{
    private const double MostLitresADay = 100;
    private static readonly long DefaultConfirmMs = (long)TimeSpan.FromSeconds(10).TotalMilliseconds;
    private static readonly long DefaultFeedForMs = (long)TimeSpan.FromSeconds(60).TotalMilliseconds;
    private static readonly long DefaultLockMs = (long)TimeSpan.FromMinutes(30).TotalMilliseconds;

    public static Safeguards Read(RuleContext context, Dosing? dosing)
    {
        var map = context.Map;
        var minFlow = map.Amount("min_flow", Units.LitrePerMinute, min: 0.001);
        if (minFlow is not null && map.Get("flow") is null)
        {
            map.Get("min_flow")!.Report("'min_flow' needs to know what measures the flow; add 'flow: water_flow'.");
        }

        var maxLitres = map.Amount("max_volume", SumUnits.LitrePerM2, min: 0.01, max: MostLitresADay);
        if (maxLitres is not null && dosing is { Flow: null, RateMm: null })
        {
            map.Get("max_volume")!.Report("'max_volume' cannot be counted by time alone; add 'flow: water_flow' or 'rate: 6 mm/h', or limit 'max_cycles'.");
        }

        return new Safeguards(
            minFlow, map.Ms("confirm", TimeSpan.FromSeconds(1)) ?? DefaultConfirmMs, Feed(context), map.Ms("feed_for", TimeSpan.FromSeconds(1)) ?? DefaultFeedForMs,
            map.Ms("lock") ?? DefaultLockMs, maxLitres, map.Count("max_cycles", 1, 1000));
    }

    private static FeedLimit[] Feed(RuleContext context)
    {
        var limits = new List<FeedLimit>();
        foreach (var entry in context.Map.Get("feed")?.AsMap()?.Entries ?? [])
        {
            if (context.AnyTerm(entry.Key) is { } value && entry.Value.Range(value.Unit) is { } range)
            {
                limits.Add(new FeedLimit(value, range.Low, range.High));
            }
        }

        return [.. limits];
    }
}
