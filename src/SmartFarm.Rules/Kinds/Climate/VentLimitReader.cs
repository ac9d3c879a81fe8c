using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>
/// Reads <c>limits: { rain: { when: …, until: …, windward: 5 %, leeward: 15 % }, wind: { measure: site.wind_speed, windward: 8..14 m/s -> 100..0 % } }</c>.
/// </summary>
internal sealed class VentLimitReader(RuleContext context, Unit unit)
{
    private static readonly TimeSpan DefaultHold = TimeSpan.FromMinutes(5);

    /// <summary>The limits; their memory begins at an index.</summary>
    public List<VentLimit> Read(int memory)
    {
        var limits = new List<VentLimit>();
        foreach (var (key, node) in context.Map.Get("limits")?.AsMap()?.Entries ?? [])
        {
            if (node.AsMap() is not { } map)
            {
                continue;
            }

            var index = memory + (limits.Count * VentLimit.Size);
            VentLimit? limit = map.Get("measure") is { } measure ? Sliding(key.Text, index, map, measure) : Switched(key.Text, index, map);
            map.ReportUnknownKeys();
            if (limit is not null)
            {
                limits.Add(limit);
            }
        }

        return limits;
    }

    private SwitchedLimit? Switched(string name, int index, YamlMap map)
    {
        var when = map.Require("when", "site.rain_rate > 0.2 mm/h") is { } node ? context.Condition(node) : null;
        var until = map.Get("until") is { } end ? context.Condition(end) : null;
        if (when is not null)
        {
            HysteresisCheck.Run(when, until, map.Get("until") as YamlScalar);
        }

        var (windward, leeward) = (map.Get("windward").AsAmount(unit), map.Get("leeward").AsAmount(unit));
        if (map.Get("windward") is null && map.Get("leeward") is null)
        {
            map.Report($"A limit needs 'windward', 'leeward' or both, such as 'windward: 5 {unit}'.");
        }

        return when is null ? null : new SwitchedLimit(name, index, new Latching(when, until), windward ?? double.PositiveInfinity, leeward ?? double.PositiveInfinity);
    }

    private SlidingLimit? Sliding(string name, int index, YamlMap map, YamlNode measure)
    {
        var hold = map.Get("hold")?.AsDuration() ?? DefaultHold;
        if (context.AnyTerm(measure) is not { } term)
        {
            map.Get("windward");
            map.Get("leeward");
            return null;
        }

        var (windward, leeward) = (Slope(map.Get("windward"), term.Unit), Slope(map.Get("leeward"), term.Unit));
        if (map.Get("windward") is null && map.Get("leeward") is null)
        {
            map.Report($"A limit by a measured value needs 'windward', 'leeward' or both, such as 'windward: 8..14 m/s -> 100..0 {unit}'.");
        }

        return new SlidingLimit(name, index, term, windward, leeward, (long)hold.TotalMilliseconds);
    }

    private Slope? Slope(YamlNode? node, Unit? over)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (Climate.Slope.TryParse(scalar.Text, over, unit, out var slope))
        {
            return slope;
        }

        scalar.Report($"'{scalar.Text}' is no limit by a measured value; write for example '8..14 {over} -> 100..0 {unit}', the smaller value first.");
        return null;
    }
}
