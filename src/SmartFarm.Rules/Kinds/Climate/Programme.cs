using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary><c>programmes:</c> defines a set point by periods of the day; the keys are explained in <c>docs/rules/programme.md</c>.</summary>
internal sealed class Programme : IRuleKind
{
    private const int MostPeriods = 24;

    public string Name => "programme";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => [];

    public RuleLogic? Read(RuleContext context)
    {
        var map = context.Map;
        map.Require("periods", "[{ from: sunrise, value: 20 °C }, { from: sunset, value: 17 °C }]");
        var maps = map.Maps("periods").ToArray();
        if (maps.Length is 0 or > MostPeriods)
        {
            map.Get("periods")?.Report($"A programme has 1 to {MostPeriods} periods.");
            return null;
        }

        if (Unit(context, maps[0]) is not { } first)
        {
            return null;
        }

        var unit = first.Unit;
        var periods = maps.Select(m => Period(context, m, unit)).ToArray();
        var influences = map.List("influences").Select(node => context.Term(node, unit, isDifference: true)).ToArray();
        var most = Bounds(map, "influence_range", unit, isDifference: true);
        var range = Bounds(map, "range", unit, isDifference: false);
        return periods.Any(p => p is null) || influences.Any(i => i is null)
            ? null
            : new ProgrammeLogic(unit, [.. periods.OfType<Period>()], [.. influences.OfType<Term>()], most, range);
    }

    /// <summary>The first value: all others are in its unit.</summary>
    private static Term? Unit(RuleContext context, YamlMap period)
    {
        var node = period.Require("value", "20 °C");
        node = node is YamlMap { Entries.Count: > 0 } stages ? stages.Entries[0].Value : node;
        if (node is null || context.AnyTerm(node) is not { } term)
        {
            return null;
        }

        if (!term.IsDifference)
        {
            return term;
        }

        node.Report($"A set point is not a difference; write it in °C, or add '{(node as YamlScalar)?.Text}' where it is used, such as 'heating + {(node as YamlScalar)?.Text}'.");
        return null;
    }

    private static Period? Period(RuleContext context, YamlMap map, Unit? unit)
    {
        var from = map.Require("from", "sunrise - 1 h") is { } at ? context.Point(at) : null;
        var values = map.Require("value", "20 °C") switch
        {
            YamlMap stages => stages.Entries.Select(e => (Stage: Stage(context, e.Key), Value: context.Term(e.Value, unit))).ToArray(),
            { } node => [(Stage: "", Value: context.Term(node, unit))],
            _ => [],
        };
        var (rampMs, perHour) = Ramp(map.Get("ramp"), unit);
        map.ReportUnknownKeys();
        return from is { } point && values.Length > 0 && values.All(v => v.Value is not null)
            ? new Period(point, [.. values.Select(v => (v.Stage, v.Value!))], rampMs, perHour)
            : null;
    }

    private static string Stage(RuleContext context, YamlScalar name)
    {
        if (!context.Scope.Names.Stages.Contains(name.Text))
        {
            name.Report(context.Scope.Names.Stages.Count == 0
                ? $"No zone of this programme has stages; add 'planted' and 'stages: {{ {name.Text}: 20 d }}' to the zone in farm.yaml."
                : $"The stage '{name.Text}' is not known; {Suggestion.For(name.Text, [.. context.Scope.Names.Stages])}");
        }

        return name.Text;
    }

    /// <summary><c>ramp: 1 h</c>, or <c>ramp: 1.5 K/h</c>.</summary>
    private static (long Ms, double PerHour) Ramp(YamlNode? node, Unit? unit)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return (0, 0);
        }

        if (Durations.TryParse(scalar.Text, out var time) && time <= TimeSpan.FromHours(24))
        {
            return ((long)time.TotalMilliseconds, 0);
        }

        var rate = unit is null ? null : Units.RateOf(unit);
        if (rate is not null && Amount.TryParse(scalar.Text, out var amount) && amount.Value > 0 && Units.TryGet(amount.Unit, out var given) && given.ConvertsTo(rate))
        {
            return (0, given.Convert(amount.Value, rate));
        }

        scalar.Report(string.Create(CultureInfo.InvariantCulture, $"'{scalar.Text}' is no ramp; write how long it takes, such as '1 h'{(rate is null ? "" : $", or how fast it goes, such as '1.5 {rate}'")}."));
        return (0, 0);
    }

    private static Span? Bounds(YamlMap map, string key, Unit? unit, bool isDifference)
    {
        if (map.Get(key)?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (unit is not null && Span.TryParse(scalar.Text, out var span) && span.Unit.ConvertsTo(unit) && span.From < span.To)
        {
            return isDifference ? span.AsDifferences(unit) : span.In(unit);
        }

        scalar.Report($"'{scalar.Text}' is no range; write for example '{(isDifference ? "-1..3 K" : "16..28 °C")}', the smaller first, in a unit of the set point.");
        return null;
    }
}
