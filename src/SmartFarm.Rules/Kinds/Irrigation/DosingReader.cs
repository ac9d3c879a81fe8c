using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Reads how much a cycle gives, and what guards it.</summary>
internal static class DosingReader
{
    private const double MostLitres = 20;
    private static readonly long DefaultLongestMs = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public static Dosing? Read(RuleContext context)
    {
        var map = context.Map;
        var usual = Size(map, map);
        var firstMap = map.Get("first")?.AsMap();
        var first = firstMap is null ? null : Size(firstMap, map);
        var firstCycles = firstMap is null ? 0 : firstMap.Require("cycles", "3")?.AsNumber(1, 100) ?? 0;
        firstMap?.ReportUnknownKeys();
        var flow = context.Term("flow", Units.LitrePerMinute);
        var rate = map.Amount("rate", Units.MillimetrePerHour, min: 0.01);
        var longest = map.Ms("longest", Shortest) ?? DefaultLongestMs;
        if (usual?.Litres is not null || first?.Litres is not null)
        {
            CheckMeasured(context, flow is not null || map.Get("flow") is not null, rate is not null || map.Get("rate") is not null);
        }

        if (Math.Max(usual?.Ms ?? 0, first?.Ms ?? 0) > longest)
        {
            (map.Get("longest") ?? map).Report("A cycle would never get to its end: 'longest' is shorter than 'duration'; give the longer one.");
        }

        return usual is null ? null : new Dosing(usual, first, (int)firstCycles, flow, rate, longest);
    }

    /// <summary><c>dose</c> or <c>duration</c>, one of them.</summary>
    private static CycleSize? Size(YamlMap map, YamlMap rule)
    {
        var (dose, duration) = (map.Get("dose"), map.Get("duration"));
        if (dose is null == duration is null)
        {
            (duration ?? rule).Report(dose is null ? "Nothing says how much a cycle gives; write 'dose: 300 mL/m2' or 'duration: 4 min'." : "A cycle has either a 'dose' or a 'duration'; leave one of them out.");
            return null;
        }

        var (litres, ms) = (map.Amount("dose", SumUnits.LitrePerM2, min: 0.001, max: MostLitres), map.Ms("duration", Shortest));
        return litres is null && ms is null ? null : new CycleSize(litres, ms);
    }

    private static void CheckMeasured(RuleContext context, bool hasFlow, bool hasRate)
    {
        if (!hasFlow && !hasRate)
        {
            (context.Map.Get("dose") ?? context.Map).Report("A dose has to be measured: add 'flow: water_flow', or 'rate: 6 mm/h' with what the drippers give, or write a 'duration' in its place.");
        }

        if (hasFlow && !hasRate && context.Zones.FirstOrDefault(z => z.Zone.AreaM2 is null) is { } zone)
        {
            context.Map.Get("flow")!.Report($"How much water per area flow is can only be told with the area of zone {zone.Zone.Id}; add 'area: 1000 m2' to it in farm.yaml.");
        }
    }
}
