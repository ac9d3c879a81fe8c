namespace SmartFarm.Testing.Dashboards;

/// <summary>A query of the database, or an expression over the others.</summary>
public sealed class AlertQuery
{
    /// <summary>Grafana's own data source: expressions.</summary>
    public const string Expression = "__expr__";

    public string RefId { get; init; } = "";

    public string DatasourceUid { get; init; } = "";

    /// <summary>Seconds before the moment of evaluation.</summary>
    public AlertRange? RelativeTimeRange { get; init; }

    public AlertModel Model { get; init; } = new();
}

/// <summary>Seconds before now.</summary>
public sealed class AlertRange
{
    public int From { get; init; }

    public int To { get; init; }
}

/// <summary>What InfluxDB's data source, or the expression, is given.</summary>
public sealed class AlertModel
{
    public string RefId { get; init; } = "";

    public bool RawQuery { get; init; }

    public string ResultFormat { get; init; } = "";

    public string Query { get; init; } = "";

    /// <summary>reduce, threshold or math.</summary>
    public string Type { get; init; } = "";

    public string Expression { get; init; } = "";

    public string Reducer { get; init; } = "";

    public AlertSettings? Settings { get; init; }

    public List<AlertCondition> Conditions { get; init; } = [];
}

/// <summary>How a reduction treats what is no number.</summary>
public sealed class AlertSettings
{
    public string Mode { get; init; } = "";
}

/// <summary>Of a threshold.</summary>
public sealed class AlertCondition
{
    public AlertEvaluator Evaluator { get; init; } = new();
}

/// <summary>gt or lt, and the limit.</summary>
public sealed class AlertEvaluator
{
    public string Type { get; init; } = "";

    public List<double> Params { get; init; } = [];
}
