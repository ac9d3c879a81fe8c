using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Language.Terms;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Reads <c>measure</c>, <c>set_point</c>, <c>band</c>, <c>direction</c> of a map; what is left out has a usual value.</summary>
internal static class BandReader
{
    /// <summary>The band; null when something was reported.</summary>
    /// <param name="context">The rule.</param>
    /// <param name="map">Where it is written: the rule or a part of it.</param>
    /// <param name="measure">What is measured when nothing is said.</param>
    /// <param name="isAbove">On which side it lies when nothing is said.</param>
    /// <param name="setPoint">Example of a set point.</param>
    /// <param name="width">Example of a width.</param>
    public static BandPlan? Read(RuleContext context, YamlMap map, string measure, bool isAbove, string setPoint, string width)
    {
        var side = map.Get("direction")?.AsOneOf(("above", true), ("below", false)) ?? isAbove;
        var value = map.Get("measure") is { } node ? context.AnyTerm(node) : context.Usual(measure);
        if (value is null)
        {
            return null;
        }

        var begin = map.Require("set_point", setPoint) is { } at ? context.Term(at, value.Unit) : null;
        var wide = map.Require("band", width) is { } of ? context.Term(of, value.Unit, isDifference: true) : null;
        if (wide is Literal { Value: <= 0 })
        {
            map.Get("band")!.Report($"A band has a width above 0; write for example 'band: {width}'.");
            return null;
        }

        return begin is null || wide is null ? null : new BandPlan(value, begin, wide, side);
    }
}
