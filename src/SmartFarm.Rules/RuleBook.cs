using System.Diagnostics.CodeAnalysis;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules;

/// <summary>Every rule of a farm, checked and compiled, by zone. Immutable.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<(string Site, string Zone), ZoneRules> _zones;

    internal RuleBook(IEnumerable<ZoneRules> zones)
    {
        Zones = [.. zones];
        _zones = Zones.ToDictionary(z => (z.Site, z.Zone));
    }

    /// <summary>The rules of each zone, in the order of <c>farm.yaml</c>; a zone without rules is there too.</summary>
    public IReadOnlyList<ZoneRules> Zones { get; }

    /// <summary>Finds the rules of a zone.</summary>
    public bool TryGet(string site, string zone, [MaybeNullWhen(false)] out ZoneRules rules) => _zones.TryGetValue((site, zone), out rules);
}

/// <summary>The rules that move the actuators of one zone. Immutable.</summary>
public sealed class ZoneRules
{
    internal ZoneRules(string site, string zone, IReadOnlyList<Actuator> actuators, ZoneRule[] rules)
    {
        (Site, Zone, Actuators, Rules) = (site, zone, actuators, rules);
    }

    /// <summary>Name of the site.</summary>
    public string Site { get; }

    /// <summary>Name of the zone.</summary>
    public string Zone { get; }

    /// <summary>Actuators of the zone, in the order of <c>farm.yaml</c>.</summary>
    public IReadOnlyList<Actuator> Actuators { get; }

    /// <summary>Rules and interlocks as <c>id@version</c>, interlocks first, each in the order of the files.</summary>
    public IReadOnlyList<string> Sources => [.. Rules.Select(r => r.Definition.Source)];

    /// <summary>Interlocks first, then rules, each in the order of the files.</summary>
    internal ZoneRule[] Rules { get; }
}

/// <summary>A rule or interlock as it is written.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">The <c>version</c> given, or else its fingerprint.</param>
/// <param name="Fingerprint">Hash of its meaning: what it remembers is kept as long as this stays.</param>
/// <param name="IsInterlock">Whether it is an interlock.</param>
/// <param name="When">What starts it.</param>
/// <param name="Until">What ends it; null: when <paramref name="When"/> is false.</param>
/// <param name="Timers">Number of timers in both.</param>
/// <param name="HoldMs">How long it keeps what it asked for while it is blind; null: for ever.</param>
internal sealed record RuleDefinition(
    string Id, string Version, string Fingerprint, bool IsInterlock, Expression When, Expression? Until, int Timers, long? HoldMs)
{
    public string Source { get; } = $"{Id}@{Version}";
}

/// <summary>A rule in one zone.</summary>
/// <param name="Definition">The rule.</param>
/// <param name="Set">What it asks for while it is on, by the zone's actuators; null for those it leaves alone.</param>
/// <param name="Otherwise">What it asks for while it is off.</param>
internal sealed record ZoneRule(RuleDefinition Definition, double?[] Set, double?[] Otherwise);
