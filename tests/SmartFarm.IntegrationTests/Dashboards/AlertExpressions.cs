using System.Globalization;
using System.Text.RegularExpressions;
using SmartFarm.Testing.Dashboards;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>Grafana's server-side expressions, as far as our rules use them: reduce last, threshold gt and lt, math of comparisons joined by &amp;&amp;.</summary>
internal static class AlertExpressions
{
    private static readonly Regex Comparison = new(@"^\$(?<ref>[A-Z]) (?<sign>[<>]) (?<limit>-?\d+(\.\d+)?)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>The last value of each series; a series without any has none.</summary>
    public static Dictionary<string, double> Reduce(AlertModel model, IReadOnlyDictionary<string, double?[]> series) => model.Reducer != "last"
        ? throw new NotSupportedException($"The reducer {model.Reducer} is not known here.")
        : series.Select(s => (s.Key, Value: model.Settings?.Mode == "dropNN" ? s.Value.LastOrDefault(v => v is not null) : s.Value.LastOrDefault()))
            .Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!.Value);

    public static Dictionary<string, double> Threshold(AlertModel model, IReadOnlyDictionary<string, double> numbers)
    {
        var evaluator = model.Conditions.Single().Evaluator;
        return numbers.ToDictionary(n => n.Key, n => Compare(n.Value, evaluator.Type, evaluator.Params.Single()));
    }

    /// <summary>Numbers with the same labels meet; what has no partner is left out, as in Grafana.</summary>
    public static Dictionary<string, double> Math(AlertModel model, Func<string, IReadOnlyDictionary<string, double>> numbersOf)
    {
        var parts = model.Expression.Split(" && ").Select(text => Comparison.Match(text) is { Success: true } match ? match : throw new NotSupportedException($"'{text}' is not known here."))
            .Select(match => (Numbers: numbersOf(match.Groups["ref"].Value), Sign: match.Groups["sign"].Value == ">" ? "gt" : "lt",
                Limit: double.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture)))
            .ToList();
        return parts[0].Numbers.Keys.Where(labels => parts.TrueForAll(p => p.Numbers.ContainsKey(labels)))
            .ToDictionary(labels => labels, labels => parts.TrueForAll(p => Compare(p.Numbers[labels], p.Sign, p.Limit) == 1) ? 1.0 : 0);
    }

    private static double Compare(double value, string type, double limit) => type switch
    {
        "gt" => value > limit ? 1 : 0,
        "lt" => value < limit ? 1 : 0,
        _ => throw new NotSupportedException($"The evaluator {type} is not known here."),
    };
}
