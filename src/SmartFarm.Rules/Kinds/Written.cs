using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary>Reads numbers with units that kinds of rules share. What is wrong is reported at its place.</summary>
internal static class Written
{
    /// <summary>An amount such as <c>300 mL/m2</c>, in a unit of its dimension; null when it is left out or wrong.</summary>
    public static double? Amount(this YamlMap map, string key, Unit unit, double min = 0, double max = double.MaxValue, bool isDifference = false) =>
        map.Get(key)?.AsScalar() is { } scalar && Number(scalar, scalar.Text, unit, isDifference) is { } value ? Within(scalar, value, unit, min, max) : null;

    /// <summary>A range such as <c>10..30 %</c>, rising; null when it is wrong.</summary>
    public static (double Low, double High)? Range(this YamlNode node, Unit? unit)
    {
        if (node.AsScalar() is not { } scalar)
        {
            return null;
        }

        var parts = scalar.Text.Split("..");
        var word = Configuration.Values.Amount.TryParse(parts[^1], out var last) ? last.Unit : "";
        if (parts.Length != 2 || !Configuration.Values.Amount.TryParse(parts[0], out var first) || (first.Unit.Length > 0 && first.Unit != word))
        {
            scalar.Report($"'{scalar.Text}' is not a range; write for example '10..30 {unit}'.");
            return null;
        }

        var (low, high) = unit is null ? (first.Value, last.Value) : (Number(scalar, $"{parts[0]} {(first.Unit.Length > 0 ? "" : word)}", unit, false), Number(scalar, parts[1], unit, false));
        if (low is null || high is null)
        {
            return null;
        }

        if (low < high)
        {
            return (low.Value, high.Value);
        }

        scalar.Report($"The range '{scalar.Text}' must begin with its smaller end; turn it round.");
        return null;
    }

    /// <summary>The term of a key, or a quantity when it is left out.</summary>
    public static Term? TermOr(this RuleContext context, string key, Quantity usual) =>
        context.Map.Get(key) is { } node ? context.Term(node, usual.Unit)
        : context.Map.Get("id") is YamlScalar id ? context.Term(id, usual.Name, usual.Unit)
        : null;

    /// <summary>A duration in ms; null when it is left out or wrong.</summary>
    public static long? Ms(this YamlMap map, string key, TimeSpan min = default) => (long?)map.Get(key)?.AsDuration(min)?.TotalMilliseconds;

    /// <summary>A whole number; null when it is left out or wrong.</summary>
    public static int? Count(this YamlMap map, string key, int min, int max) => (int?)map.Get(key)?.AsNumber(min, max);

    private static double? Number(YamlScalar scalar, string text, Unit unit, bool isDifference)
    {
        if (!Configuration.Values.Amount.TryParse(text, out var amount))
        {
            scalar.Report($"'{scalar.Text}' is not a number with a unit; write for example '40 {unit}'.");
        }
        else if (amount.Unit.Length == 0 && unit != Units.Ph)
        {
            scalar.Report($"'{scalar.Text}' has no unit; write '{scalar.Text} {unit}'.");
        }
        else if (amount.Unit.Length == 0)
        {
            return amount.Value;
        }
        else if (!Units.TryGet(amount.Unit, out var given))
        {
            scalar.Report($"The unit '{amount.Unit}' is not known; write it in {unit}.");
        }
        else if (!given.ConvertsTo(unit))
        {
            scalar.Report($"{given} is a unit of {given.Dimension} and {unit} one of {unit.Dimension}; write it in {unit}.");
        }
        else
        {
            return Math.Round(isDifference ? given.ConvertDifference(amount.Value, unit) : given.Convert(amount.Value, unit), 9);
        }

        return null;
    }

    private static double? Within(YamlScalar scalar, double value, Unit unit, double min, double max)
    {
        if (value >= min && value <= max)
        {
            return value;
        }

        scalar.Report(max == double.MaxValue ? $"{scalar.Text} is below {min} {unit}; check the value." : $"{scalar.Text} is outside {min}..{max} {unit}; check the value.");
        return null;
    }
}
