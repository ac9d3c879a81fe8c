using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Kinds;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Conditions;

namespace SmartFarm.Rules.Trials.Coverage;

/// <summary>
/// Notes which rules that act or tell ran, which way they went, and what each of their conditions came to, Unknown included. What no case has tried is what
/// nobody knows the rule will do. Not thread-safe.
/// </summary>
public sealed class RuleCoverage
{
    private readonly Dictionary<string, Dictionary<string, bool>> _branches = new(StringComparer.Ordinal);
    private readonly HashSet<(string Rule, string Part)> _seen = [];
    private readonly Dictionary<string, (RuleDefinition Definition, string Zone)> _rules = new(StringComparer.Ordinal);

    /// <summary>A run begins: what is not known before the first reading is no blindness that was tried.</summary>
    internal void Begin() => _seen.Clear();

    /// <summary>Makes the rules of a zone known, so that those that never run are missed.</summary>
    public void Add(ZoneRules rules)
    {
        foreach (var rule in rules.Rules.Where(r => r.Output < 0))
        {
            if (_rules.TryAdd(rule.Definition.Source, (rule.Definition, rules.Zone)))
            {
                _branches[rule.Definition.Source] = Branches(rule.Definition).Distinct(StringComparer.Ordinal).ToDictionary(b => b, _ => false, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>What ran so far, rule by rule in the order of the files.</summary>
    public IReadOnlyList<CoveredRule> Rules =>
    [
        .. _rules.Values.OrderBy(r => r.Definition.Place.File, StringComparer.Ordinal).ThenBy(r => r.Definition.Place.Line)
            .Select(r => new CoveredRule(r.Definition.Id, r.Definition.Kind, r.Definition.Place.File, r.Definition.Place.Line, _branches[r.Definition.Source])),
    ];

    /// <summary>Looks at the rules of a zone after a moment.</summary>
    internal void Look(ZoneRules rules, ZoneRuleState state)
    {
        Add(rules);
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            if (_branches.TryGetValue(rules.Rules[i].Definition.Source, out var branches))
            {
                Look(branches, rules.Rules[i], state, state.Rules[i]);
            }
        }
    }

    private static IEnumerable<string> Branches(RuleDefinition definition)
    {
        yield return "goes on";
        if (definition.Logic is not DefaultLogic)
        {
            yield return "goes off";
        }

        if (definition.Signals.Count > 0)
        {
            yield return "cannot see";
            if (definition is { HoldMs: not null, IsSafety: false, Actuators.Count: > 0 })
            {
                yield return "hands over to the safe state";
            }
        }

        foreach (var part in Parts(definition))
        {
            yield return $"{part} is true";
            yield return $"{part} is false";
            if (part is not (Daylight or TimeBetween))
            {
                yield return $"{part} is unknown";
            }
        }
    }

    /// <summary>Conditions that hold no others: what can be true, false or unknown by itself.</summary>
    private static IEnumerable<Expression> Parts(RuleDefinition definition) => definition.Logic.Conditions.SelectMany(c => c.All).Where(c => !c.Inside.Any());

    private void Look(Dictionary<string, bool> branches, ZoneRule rule, ZoneRuleState state, in RuleState memory)
    {
        var (source, outcome) = (rule.Definition.Source, memory.Outcome);
        Ran(branches, "goes on", outcome is { Latch: Latch.On, IsBlind: false });
        Ran(branches, "goes off", outcome is { Latch: Latch.Off, IsBlind: false });
        Ran(branches, "cannot see", WasLost(source, "", isKnown: !outcome.IsBlind));
        Ran(branches, "hands over to the safe state", outcome.Ask == Ask.Safe);
        var at = ZoneEngine.MomentOf(rule, state, memory with { Windows = [.. memory.Windows.Select(w => w.Shifted(0))] });
        foreach (var part in Parts(rule.Definition))
        {
            var (name, truth) = (part.ToString(), part.Evaluate(ref at).Now);
            Ran(branches, $"{name} is {truth.ToString().ToLowerInvariant()}", WasLost(source, name, isKnown: truth != Truth.Unknown) || truth != Truth.Unknown);
        }
    }

    /// <summary>Whether something is not known that was known before in this run.</summary>
    private bool WasLost(string rule, string part, bool isKnown)
    {
        if (isKnown)
        {
            _seen.Add((rule, part));
        }

        return !isKnown && _seen.Contains((rule, part));
    }

    private static void Ran(Dictionary<string, bool> branches, string branch, bool ran)
    {
        if (ran && branches.ContainsKey(branch))
        {
            branches[branch] = true;
        }
    }
}

/// <summary>What ran of a rule.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="File">File it stands in.</param>
/// <param name="Line">Line of it.</param>
/// <param name="Branches">Every way it may go, and whether it went there.</param>
public sealed record CoveredRule(string Rule, string Kind, string File, int Line, IReadOnlyDictionary<string, bool> Branches)
{
    /// <summary>Number of ways it went.</summary>
    public int Ran => Branches.Count(b => b.Value);

    /// <summary>Ways it never went.</summary>
    public IEnumerable<string> Never => Branches.Where(b => !b.Value).Select(b => b.Key);
}
