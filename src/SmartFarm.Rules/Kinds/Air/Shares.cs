using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Air;

/// <summary>Reads <c>{ roof_vent: 10..30 % }</c>: terms with the range over which each counts.</summary>
internal static class Shares
{
    public static Share[] Read(RuleContext context, string key)
    {
        var shares = new List<Share>();
        foreach (var entry in context.Map.Get(key)?.AsMap()?.Entries ?? [])
        {
            if (context.AnyTerm(entry.Key) is { } value && entry.Value.Range(value.Unit) is { } range)
            {
                shares.Add(new Share(value, range.Low, range.High));
            }
        }

        return [.. shares];
    }
}
