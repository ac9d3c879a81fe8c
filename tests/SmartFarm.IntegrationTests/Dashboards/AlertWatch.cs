using SmartFarm.Testing.Dashboards;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>
/// One rule over time, as Grafana's scheduler keeps it: evaluated every minute; pending until it has held for its time; a series that is missing twice
/// resolves; no data at all and errors do what the rule says.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="ask">Answers a query for a range: values by labels, oldest first. Throws <see cref="HttpRequestException"/> when it cannot.</param>
internal sealed class AlertWatch(AlertRule rule, Func<string, DateTimeOffset, DateTimeOffset, Task<IReadOnlyDictionary<string, double?[]>>> ask)
{
    private const int MissingToResolve = 2;
    private readonly Dictionary<string, (DateTimeOffset Since, int Missed)> _true = [];

    /// <summary>Labels of what fires now; the empty text stands for the rule as a whole.</summary>
    public IReadOnlyList<string> Firing(DateTimeOffset now) => [.. _true.Where(t => now - t.Value.Since >= rule.Patience).Select(t => t.Key).Order()];

    public async Task EvaluateAsync(DateTimeOffset now)
    {
        Dictionary<string, double> result;
        try
        {
            result = await ConditionAsync(now);
        }
        catch (HttpRequestException)
        {
            Take(rule.ExecErrState, now);
            return;
        }

        if (result.Count == 0)
        {
            Take(rule.NoDataState, now);
            return;
        }

        foreach (var labels in _true.Keys.Except(result.Keys).ToList())
        {
            Miss(labels);
        }

        foreach (var (labels, value) in result)
        {
            Set(labels, value != 0, now);
        }
    }

    private async Task<Dictionary<string, double>> ConditionAsync(DateTimeOffset now)
    {
        var series = new Dictionary<string, IReadOnlyDictionary<string, double?[]>>();
        var numbers = new Dictionary<string, Dictionary<string, double>>();
        foreach (var query in rule.Data)
        {
            if (query.DatasourceUid != AlertQuery.Expression)
            {
                var range = query.RelativeTimeRange!;
                series[query.RefId] = await ask(query.Model.Query, now.AddSeconds(-range.From), now.AddSeconds(-range.To));
                continue;
            }

            numbers[query.RefId] = query.Model.Type switch
            {
                "reduce" => AlertExpressions.Reduce(query.Model, series[query.Model.Expression]),
                "threshold" => AlertExpressions.Threshold(query.Model, numbers[query.Model.Expression]),
                "math" => AlertExpressions.Math(query.Model, refId => numbers[refId]),
                var other => throw new NotSupportedException($"An expression {other} is not known here."),
            };
        }

        return numbers[rule.Condition];
    }

    private void Take(string state, DateTimeOffset now)
    {
        switch (state)
        {
            case "KeepLast":
                break;
            case "OK":
                _true.Clear();
                break;
            case "Alerting":
                _true.Keys.Where(labels => labels.Length > 0).ToList().ForEach(labels => _true.Remove(labels));
                Set("", true, now);
                break;
            default:
                throw new NotSupportedException($"The state {state} is not known here.");
        }
    }

    private void Set(string labels, bool isTrue, DateTimeOffset now)
    {
        if (isTrue)
        {
            _true[labels] = (_true.TryGetValue(labels, out var known) ? known.Since : now, 0);
        }
        else
        {
            _true.Remove(labels);
        }
    }

    private void Miss(string labels)
    {
        var (since, missed) = _true[labels];
        if (missed + 1 >= MissingToResolve)
        {
            _true.Remove(labels);
        }
        else
        {
            _true[labels] = (since, missed + 1);
        }
    }
}
