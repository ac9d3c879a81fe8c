using System.Security.Cryptography;
using System.Text;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules;

/// <summary>The rules that move the actuators of one zone. Immutable; shared by every state of the zone.</summary>
public sealed class ZoneRules
{
    private readonly Dictionary<(SignalScope, string, string), int> _signals;
    private readonly Dictionary<string, int> _actuators;

    internal ZoneRules(string site, string zone, ZonePlace place, IReadOnlyList<Actuator> actuators, IReadOnlyList<int[]> exclusive, IReadOnlyList<Signal> signals, ZoneRule[] rules)
    {
        (Site, Zone, Place, Actuators, Exclusive, Signals, Rules) = (site, zone, place, actuators, [.. exclusive], signals, rules);
        _signals = signals.Index().ToDictionary(s => (s.Item.Scope, s.Item.Owner, s.Item.Name), s => s.Index);
        _actuators = actuators.Index().ToDictionary(a => a.Item.Id, a => a.Index, StringComparer.Ordinal);
        BySignal = [.. signals.Select((_, s) => rules.Index().Where(r => r.Item.Signals.Contains(s)).Select(r => r.Index).ToArray())];
        Layout = LayoutOf();
        ByActuator = [.. actuators.Select((_, a) => rules.Index().Where(r => r.Item.Actuators.Contains(a)).Select(r => (r.Index, Array.IndexOf(r.Item.Actuators, a))).ToArray())];
    }

    /// <summary>Name of the site.</summary>
    public string Site { get; }

    /// <summary>Name of the zone.</summary>
    public string Zone { get; }

    /// <summary>Actuators of the zone, in the order of <c>farm.yaml</c>.</summary>
    public IReadOnlyList<Actuator> Actuators { get; }

    /// <summary>The signals that the rules of the zone look at: only these need to be told.</summary>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>Rules and interlocks as <c>id@version</c>: set points, then interlocks, then rules, each in the order of the files.</summary>
    public IReadOnlyList<string> Sources => [.. Rules.Select(r => r.Definition.Source)];

    /// <summary>The index of a signal in <see cref="Signals"/>; −1 when no rule of the zone looks at it.</summary>
    public int SignalIndex(SignalScope scope, string owner, string name) => _signals.GetValueOrDefault((scope, owner, name), -1);

    /// <summary>The index of an actuator in <see cref="Actuators"/>; −1 when the zone has none of that name.</summary>
    public int ActuatorIndex(string actuator) => _actuators.GetValueOrDefault(actuator, -1);

    /// <summary>Names of the alarms and guards that these rules may raise.</summary>
    public IReadOnlyList<string> Alarms => [.. Rules.Where(r => r.Definition.Alarm is not null).Select(r => r.Definition.Id)];

    /// <summary>How long after its rule set was put in charge a guard may take it back; null for what is no guard.</summary>
    public TimeSpan? GuardOf(string alarm) => Rules.FirstOrDefault(r => r.Definition.Id == alarm)?.Definition.Alarm?.Within;

    /// <summary>The rules that may move an actuator, as <c>id@version</c>, in their order.</summary>
    public IReadOnlyList<string> SourcesOf(string actuator) =>
        ActuatorIndex(actuator) is >= 0 and var index ? [.. ByActuator[index].Select(r => Rules[r.Rule].Definition.Source)] : [];

    internal ZonePlace Place { get; }

    /// <summary>Hash of all that rules, actuators and place mean: a state saved under the same goes on exactly where it was.</summary>
    internal string Layout { get; }

    /// <summary>Actuators of which one at most may be away from its safe state.</summary>
    internal int[][] Exclusive { get; }

    /// <summary>Set points first, so that rules see the new ones; then by rank of what they are.</summary>
    internal ZoneRule[] Rules { get; }

    /// <summary>Rules that look at a signal.</summary>
    internal int[][] BySignal { get; }

    /// <summary>Rules that may ask something of an actuator, with its slot in the rule.</summary>
    internal (int Rule, int Slot)[][] ByActuator { get; }

    private string LayoutOf()
    {
        var meaning = string.Join('\n', Rules.Select(r => $"{r.Definition.Id} {r.Definition.Fingerprint}"))
            + $"\n{string.Join('\n', Actuators)}\n{string.Join(';', Exclusive.Select(g => string.Join(',', g)))}\n{Place}\n{string.Join(';', Place.Stages)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)).AsSpan(0, 8));
    }
}
