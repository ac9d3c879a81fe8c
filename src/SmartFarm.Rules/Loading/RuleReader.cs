using System.Security.Cryptography;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Loading;

/// <summary>Reads one rule or interlock. Goes on after an error to find the next one.</summary>
internal sealed class RuleReader(FarmZones farm)
{
    private static readonly TimeSpan DefaultHold = TimeSpan.FromMinutes(10);

    /// <summary>The rule, or null when something was reported that leaves nothing to compile.</summary>
    public CompiledRule? Read(YamlMap map, string id, bool isInterlock)
    {
        var version = map.Get("version")?.AsName();
        map.Get("note")?.AsText();
        var timers = new TimerCount();
        var when = Condition(map.Require("when", "air_temperature > 28 °C for 2 min"), timers);
        var untilNode = map.Get("until");
        var until = Condition(untilNode, timers);
        var set = TargetReader.Required(map, isInterlock ? "force" : "set");
        var otherwise = isInterlock ? WrittenTargets.None : TargetReader.Otherwise(map, set);
        var hold = isInterlock ? null : Hold(map);
        var named = farm.Named(map);
        map.ReportUnknownKeys();

        var zones = named ?? [.. farm.All.Where(set.Concern)];
        set.CheckActuators(zones is [] ? farm.All : zones, areNamed: named is { Count: > 0 });
        if (when is null)
        {
            return null;
        }

        HysteresisCheck.Run(when, until, untilNode as YamlScalar);
        CheckMeasured(map.Get("when"), when, zones);
        CheckMeasured(untilNode, until, zones);
        var fingerprint = Fingerprint($"{isInterlock}\n{when}\n{until}\n{set}\n{otherwise}\n{hold}");
        var definition = new RuleDefinition(
            id, version ?? fingerprint, fingerprint, isInterlock, when, until, timers.Value, hold is { } time ? (long)time.TotalMilliseconds : null);
        var byZone = zones.Distinct().ToDictionary(z => z.Zone, z => new ZoneRule(definition, set.In(z), otherwise.In(z)));
        return new CompiledRule(definition, byZone);
    }

    private static Expression? Condition(YamlNode? node, TimerCount timers)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        try
        {
            return new ExpressionParser(scalar.Text, timers).Parse();
        }
        catch (ExpressionException e)
        {
            scalar.ReportAt(e.Offset, e.Message);
            return null;
        }
    }

    private static TimeSpan? Hold(YamlMap map)
    {
        const string Begin = "hold ";
        const string End = " then safe";
        if (map.Get("unknown")?.AsScalar() is not { } scalar)
        {
            return DefaultHold;
        }

        var text = scalar.Text;
        if (text == "hold")
        {
            return null;
        }

        if (text == "safe")
        {
            return TimeSpan.Zero;
        }

        if (text.StartsWith(Begin, StringComparison.Ordinal) && text.EndsWith(End, StringComparison.Ordinal) && text.Length > Begin.Length + End.Length
            && Durations.TryParse(text[Begin.Length..^End.Length], out var hold))
        {
            return hold;
        }

        scalar.Report($"'{text}' is no policy for unknown inputs; write 'hold 10 min then safe', 'hold' or 'safe'.");
        return DefaultHold;
    }

    private static void CheckMeasured(YamlNode? node, Expression? condition, IReadOnlyList<FarmZone> zones)
    {
        foreach (var comparison in condition?.Comparisons ?? [])
        {
            if (zones.FirstOrDefault(z => !z.Has(comparison)) is { } blind)
            {
                var owner = comparison.Scope == Engine.RuleScope.Site ? $"site {blind.Site.Id} itself" : $"zone {blind.Zone.Id}";
                ((YamlScalar)node!).ReportAt(
                    comparison.Offset,
                    $"No device of {owner} measures {comparison.Quantity}, so this would never be known; add it to a device in farm.yaml, or narrow 'zones'.");
            }
        }
    }

    private static string Fingerprint(string meaning) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)).AsSpan(0, 4));
}
