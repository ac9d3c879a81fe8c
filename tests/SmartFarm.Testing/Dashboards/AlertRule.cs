using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SmartFarm.Testing.Dashboards;

/// <summary>One rule of dashboards/provisioning/alerting/rules.yaml, by Grafana's field names; a name that Grafana would not know is an error.</summary>
public sealed class AlertRule
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();

    /// <summary>Every rule, by uid.</summary>
    public static IReadOnlyDictionary<string, AlertRule> All { get; } =
        Groups.SelectMany(g => g.Rules).ToDictionary(r => r.Uid, StringComparer.Ordinal);

    public static IReadOnlyList<AlertGroup> Groups =>
        Yaml.Deserialize<AlertFile>(File.ReadAllText(Repository.PathOf("dashboards", "provisioning", "alerting", "rules.yaml"))).Groups;

    public string Uid { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>The refId of the query or expression that decides.</summary>
    public string Condition { get; init; } = "";

    /// <summary>How long it must hold, such as <c>5m</c>.</summary>
    public string For { get; init; } = "";

    public string NoDataState { get; init; } = "";

    public string ExecErrState { get; init; } = "";

    public string DashboardUid { get; init; } = "";

    public Dictionary<string, string> Labels { get; init; } = [];

    public Dictionary<string, string> Annotations { get; init; } = [];

    public List<AlertQuery> Data { get; init; } = [];

    /// <summary>Those of <see cref="Data"/> that the database answers.</summary>
    public IEnumerable<AlertQuery> Queries => Data.Where(q => q.DatasourceUid != AlertQuery.Expression);

    public TimeSpan Patience => For[^1] switch
    {
        's' => TimeSpan.FromSeconds(int.Parse(For[..^1])),
        'm' => TimeSpan.FromMinutes(int.Parse(For[..^1])),
        _ => throw new FormatException($"{Uid}: for is '{For}'; write seconds or minutes."),
    };
}

/// <summary>The file.</summary>
public sealed class AlertFile
{
    public int ApiVersion { get; init; }

    public List<AlertGroup> Groups { get; init; } = [];
}

/// <summary>Rules that are evaluated together.</summary>
public sealed class AlertGroup
{
    public int OrgId { get; init; }

    public string Name { get; init; } = "";

    public string Folder { get; init; } = "";

    public string Interval { get; init; } = "";

    public List<AlertRule> Rules { get; init; } = [];
}
