using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Reads numbers with units, and quantities that need not be named.</summary>
internal static class Amounts
{
    /// <summary>A written number in a unit; null and reported when it is not one, null when there is nothing.</summary>
    public static double? AsAmount(this YamlNode? node, Unit unit, bool isDifference = false)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (Amount.TryParse(scalar.Text, out var amount) && Units.TryGet(amount.Unit, out var given) && given.ConvertsTo(unit))
        {
            return isDifference ? given.ConvertDifference(amount.Value, unit) : given.Convert(amount.Value, unit);
        }

        var shown = isDifference && unit == Units.Celsius ? Units.Kelvin : unit;
        scalar.Report($"'{scalar.Text}' is not in {shown}; write for example '10 {shown}'.");
        return null;
    }

    /// <summary>A quantity that is meant when nothing else is said: <c>air_temperature</c>, <c>site.wind_direction</c>. Where it is not measured is reported at the rule.</summary>
    public static Term? Usual(this RuleContext context, string name)
    {
        Quantities.TryGet(name.Replace("site.", "", StringComparison.Ordinal), out var quantity);
        return context.Map.Get("id") is YamlScalar id ? context.Term(id, name, quantity?.Unit) : null;
    }
}
