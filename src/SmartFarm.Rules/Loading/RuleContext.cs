using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Loading;

/// <summary>
/// One rule while it is read: what its kind needs to become a <see cref="Engine.RuleLogic"/>. What is wrong is reported at its place, and a stand-in or null
/// is given so that the next mistake is found too. Not thread-safe.
/// </summary>
/// <param name="map">The rule.</param>
/// <param name="section">Where it stands.</param>
/// <param name="zones">The zones it is for.</param>
/// <param name="areNamed">Whether the rule names them itself, so that each must have its actuators.</param>
/// <param name="setPoints">Set points read so far.</param>
internal sealed class RuleContext(YamlMap map, RuleSection section, IReadOnlyList<FarmZone> zones, bool areNamed, SetPoints setPoints)
{
    private readonly List<string> _slots = [];
    private readonly List<Func<FarmZone, double[]>> _constants = [];
    private readonly List<(YamlScalar Node, SignalTerm Term)> _mentions = [];

    public YamlMap Map => map;

    public RuleSection Section => section;

    public IReadOnlyList<FarmZone> Zones => zones;

    public ParseScope Scope { get; } = new(new RuleNames(zones, setPoints));

    /// <summary>Actuators by slot.</summary>
    public IReadOnlyList<string> Slots => _slots;

    public IReadOnlyList<Func<FarmZone, double[]>> Constants => _constants;

    /// <summary>Every place at which a signal is named.</summary>
    public IReadOnlyList<(YamlScalar Node, SignalTerm Term)> Mentions => _mentions;

    /// <summary>A condition that must be there.</summary>
    public Expression? RequireCondition(string key, string example) => map.Require(key, example) is { } node ? Condition(node) : null;

    /// <summary>A condition that may be left out.</summary>
    public Expression? Condition(string key) => map.Get(key) is { } node ? Condition(node) : null;

    /// <summary>A term that must be there, in a unit of that dimension; a written number takes the unit.</summary>
    public Term? RequireTerm(string key, Unit? unit, string example, bool isDifference = false) => map.Require(key, example) is { } node ? Term(node, unit, isDifference) : null;

    /// <summary>A term that may be left out.</summary>
    public Term? Term(string key, Unit? unit, bool isDifference = false) => map.Get(key) is { } node ? Term(node, unit, isDifference) : null;

    public Expression? Condition(YamlNode node) => Parse(node, parser => parser.Parse());

    /// <summary>A point of the day.</summary>
    public DayPoint? Point(YamlNode node) => Parse(node, parser => (DayPoint?)parser.ParsePoint());

    /// <summary>A point of the day that stands in a part of a text.</summary>
    public DayPoint? Point(YamlScalar node, string part) => Parse(node, part, parser => (DayPoint?)parser.ParsePoint());

    /// <summary>A term of any dimension.</summary>
    public Term? AnyTerm(YamlNode node) => Parse(node, parser => parser.ParseTerm());

    /// <summary>A term in a unit; what is measured in something else is refused.</summary>
    public Term? Term(YamlNode node, Unit? unit, bool isDifference = false) => node.AsScalar() is { } scalar ? Term(scalar, scalar.Text, unit, isDifference) : null;

    /// <summary>The same for a part of what is written.</summary>
    public Term? Term(YamlScalar node, string part, Unit? unit, bool isDifference = false) => Parse(node, part, parser =>
        TermUnits.Unify(new Stand(unit, isDifference), parser.ParseTerm(), 0, "here").Right);

    /// <summary>The slot of an actuator; every zone of the rule that has it is moved. Null and reported when no zone has it.</summary>
    public int? Slot(YamlScalar name)
    {
        var without = zones.Where(z => z.Actuators.All(a => a.Id != name.Text)).ToArray();
        if (without.Length == zones.Count)
        {
            var known = zones.SelectMany(z => z.Actuators).Select(a => a.Id).Distinct(StringComparer.Ordinal).ToArray();
            name.Report($"The actuator '{name.Text}' is not known; {Suggestion.For(name.Text, known)}");
            return null;
        }

        if (areNamed && without.Length > 0)
        {
            name.Report($"Zone {without[0].Zone.Id} has no actuator '{name.Text}'; take the zone out of 'zones', or give it one in farm.yaml.");
        }

        var slot = _slots.IndexOf(name.Text);
        if (slot < 0)
        {
            slot = _slots.Count;
            _slots.Add(name.Text);
        }

        return slot;
    }

    /// <summary>The actuator of a slot in the first zone that has it: for its unit and kind.</summary>
    public Actuator ActuatorOf(int slot) => zones.SelectMany(z => z.Actuators).First(a => a.Id == _slots[slot]);

    /// <summary>Written targets by actuator, such as <c>{ roof_vent: 60 % }</c>, as a list of constants by slot; gives the index of the list.</summary>
    public int Targets(IEnumerable<YamlEntry> entries) => Add(entries, (node, actuator) => node.AsTarget(actuator));

    /// <summary>Adds a list of constants, made for each zone from what is written for each slot; gives its index.</summary>
    public int Add(IEnumerable<YamlEntry> entries, Func<YamlNode, Actuator, double?> read)
    {
        var bySlot = entries.Select(e => (Slot: Slot(e.Key), e.Value)).Where(e => e.Slot is not null).ToArray();
        _constants.Add(zone =>
        {
            var values = new double[_slots.Count];
            Array.Fill(values, double.NaN);
            foreach (var (slot, node) in bySlot)
            {
                if (zone.Actuators.FirstOrDefault(a => a.Id == _slots[slot!.Value]) is { } actuator)
                {
                    values[slot!.Value] = read(node, actuator) ?? double.NaN;
                }
            }

            return values;
        });
        return _constants.Count - 1;
    }

    private T? Parse<T>(YamlNode node, Func<ExpressionParser, T?> parse) => node.AsScalar() is { } scalar ? Parse(scalar, scalar.Text, parse) : default;

    private T? Parse<T>(YamlScalar scalar, string text, Func<ExpressionParser, T?> parse)
    {
        try
        {
            Scope.Mentioned = term => _mentions.Add((scalar, term));
            return parse(new ExpressionParser(text, Scope));
        }
        catch (ExpressionException e)
        {
            scalar.ReportAt(e.Offset, e.Message);
            return default;
        }
    }

    /// <summary>Stands for the unit that is wanted.</summary>
    private sealed class Stand(Unit? unit, bool isDifference) : Term
    {
        public override Unit? Unit => unit;

        public override bool IsDifference => isDifference;

        public override double Evaluate(ref Evaluation at) => double.NaN;

        public override void Describe(System.Text.StringBuilder text, ref Evaluation at) => text.Append(this);

        public override string ToString() => "the value here";
    }
}
