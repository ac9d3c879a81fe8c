using System.Security.Cryptography;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Kinds;

namespace SmartFarm.Rules.Loading;

/// <summary>A rule with the zones it is for, before it is laid out by zone.</summary>
/// <param name="Definition">The rule.</param>
/// <param name="Zones">Its zones.</param>
/// <param name="Constants">Its lists of constants by zone.</param>
/// <param name="Output">The signal that it computes, or null.</param>
internal sealed record ReadRule(RuleDefinition Definition, IReadOnlyList<FarmZone> Zones, IReadOnlyDictionary<FarmZone, double[][]> Constants, Signal? Output);

/// <summary>Reads one item of a section: what all kinds share; the kind reads the rest. Goes on after an error to find the next one.</summary>
internal sealed class RuleReader(FarmZones farm, SetPoints setPoints)
{
    private static readonly string[] Severities = ["info", "warning", "critical"];

    /// <summary>The rule, or null when something was reported that leaves nothing to run.</summary>
    public ReadRule? Read(YamlMap map, string id, RuleSection section)
    {
        var version = map.Get("version")?.AsName();
        map.Get("note")?.AsText();
        var level = section.Levels.Count > 1 && map.Get("level")?.AsOneOf([.. section.Levels]) is { } given ? given : section.Levels[0].Level;
        if (Kind(map, section) is not { } kind)
        {
            return null;
        }

        var hold = level is < Authority.Manual or Authority.Default ? null : Hold(map, kind.DefaultHold);
        var named = farm.Named(map);
        var actuators = kind.Actuators(map).Select(a => a.Text).ToArray();
        var zones = named ?? [.. farm.All.Where(z => actuators.Length == 0 || z.Actuators.Any(a => actuators.Contains(a.Id)))];
        var context = new RuleContext(map, section, zones is [] ? farm.All : zones, areNamed: named is { Count: > 0 }, setPoints);
        var logic = kind.Read(context);
        var alarm = logic is { HasAlarm: true } ? AlarmOf(map, section) : null;
        var output = logic is not null && section.IsComputing ? Output(map, id, zones, logic) : null;
        map.ReportUnknownKeys();
        CheckMeasured(context, zones);
        var constants = zones.ToDictionary(z => z, z => context.Constants.Select(c => c(z)).ToArray());
        if (logic is null)
        {
            return null;
        }

        var fingerprint = Fingerprint($"{kind.Name}\n{level}\n{logic}\n{hold}");
        var definition = new RuleDefinition(
            id,
            version ?? fingerprint,
            fingerprint,
            kind.Name,
            level,
            logic,
            context.Slots,
            context.Scope.Signals,
            context.Scope.Timers,
            logic.Memory,
            context.Scope.Windows,
            hold is { } time ? (long)time.TotalMilliseconds : null,
            alarm,
            new RulePlace(map.File.Name, map.Line, map.Column));
        return new ReadRule(definition, zones, constants, output);
    }

    private static IRuleKind? Kind(YamlMap map, RuleSection section)
    {
        var node = map.Get("kind");
        var name = node?.AsScalar()?.Text ?? section.Kind;
        if (RuleKinds.Find(name) is { } kind)
        {
            return kind;
        }

        (node ?? map).Report($"There is no kind of rule '{name}'; {Suggestion.For(name, [.. RuleKinds.All.Select(k => k.Name)])}");
        return null;
    }

    private static AlarmText AlarmOf(YamlMap map, RuleSection section)
    {
        var severity = map.Get("severity")?.AsScalar();
        if (severity is not null && !Severities.Contains(severity.Text))
        {
            severity.Report($"'{severity.Text}' is no severity; {Suggestion.For(severity.Text, Severities)}");
        }

        var within = section.IsGuard ? map.Require("within", "2 h")?.AsDuration() : null;
        return new AlarmText(severity?.Text ?? (section.IsGuard ? "critical" : "warning"), map.Get("text")?.AsText() ?? "", within);
    }

    /// <summary>The signal that a value or programme computes, under <c>defines</c> or its own name.</summary>
    private Signal Output(YamlMap map, string id, IReadOnlyList<FarmZone> zones, RuleLogic logic)
    {
        var node = map.Get("defines") ?? map.Get("id")!;
        var name = map.Get("defines")?.AsName() ?? id;
        if (Quantities.TryGet(name, out _))
        {
            node.Report($"'{name}' is already a measured quantity; choose another name for what this computes.");
        }

        foreach (var zone in zones.Where(zone => !setPoints.TryAdd(zone, name, logic.OutputUnit)))
        {
            node.Report($"Zone {zone.Zone.Id} already has a value '{name}'; keep one of the two, or narrow 'zones'.");
        }

        return new Signal(SignalScope.SetPoint, "", name, logic.OutputUnit);
    }

    private static TimeSpan? Hold(YamlMap map, TimeSpan usual)
    {
        const string Begin = "hold ";
        const string End = " then safe";
        if (map.Get("unknown")?.AsScalar() is not { } scalar)
        {
            return usual;
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
        return usual;
    }

    /// <summary>Reports a signal that some zone of the rule can never know, where it stands in the text.</summary>
    private static void CheckMeasured(RuleContext context, IReadOnlyList<FarmZone> zones)
    {
        foreach (var (node, term) in context.Mentions)
        {
            if (zones.Select(z => z.Lacks(term.Signal, term.Quantity)).FirstOrDefault(lack => lack is not null) is { } lack)
            {
                node.ReportAt(term.Offset, lack);
            }
        }
    }

    public static string Fingerprint(string meaning) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)).AsSpan(0, 4));
}
