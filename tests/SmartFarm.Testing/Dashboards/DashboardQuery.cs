using System.Text.RegularExpressions;

namespace SmartFarm.Testing.Dashboards;

/// <summary>An InfluxQL query of a dashboard, with the variables still in it.</summary>
/// <param name="Where">File and panel, for a failing test.</param>
/// <param name="Text">As written.</param>
/// <param name="IsVariable">Whether it fills a drop-down.</param>
public sealed record DashboardQuery(string Where, string Text, bool IsVariable)
{
    /// <summary>What variables of a fixed choice stand for until somebody chooses.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex FromClause = new("FROM \"(?<name>[^\"]+)\"", Plain);
    private static readonly Regex Alias = new("AS \"[^\"]+\"", Plain);
    private static readonly Regex Quoted = new("\"(?<name>[^\"]+)\"", Plain);
    private static readonly Regex Variable = new(@"\$(?<name>[A-Za-z_]\w*)", Plain);

    /// <summary>The measurement it reads; where that is a variable, which chooses how fine, the finest.</summary>
    public string Measurement => FromClause.Match(Text) is { Success: true } match ? match.Groups["name"].Value.TrimStart('$') : "";

    /// <summary>Every quoted name but the measurement and names that the query itself gives; for a variable, what it stands for.</summary>
    public IEnumerable<string> Names =>
        Quoted.Matches(FromClause.Replace(Alias.Replace(Text, ""), "")).Select(m => m.Groups["name"].Value).Select(n => n[0] == '$' ? Defaults[n[1..]] : n).Distinct();

    /// <summary>Names of the variables in it, the built-in ones too.</summary>
    public IEnumerable<string> Variables => Variable.Matches(Text).Select(m => m.Groups["name"].Value).Distinct();

    /// <summary>
    /// The query as Grafana sends it: a selection of many values becomes <c>(a|b)</c>, of all <c>.*</c>. <c>now()</c>, which is the database's own, becomes the
    /// end of the range, so that a past day can be asked for.
    /// </summary>
    public string Fill(DateTimeOffset from, DateTimeOffset to, string interval, IReadOnlyDictionary<string, string[]> selection) =>
        Variable.Replace(Text, match => match.Groups["name"].Value switch
        {
            "timeFilter" => $"time >= {from.ToUnixTimeMilliseconds()}ms and time <= {to.ToUnixTimeMilliseconds()}ms",
            "__interval" => interval,
            "__timezone" => "UTC",
            var name when selection.TryGetValue(name, out var values) && values.Length > 0 => values is [var one] ? Regex.Escape(one) : $"({string.Join('|', values.Select(Regex.Escape))})",
            var name => Defaults.GetValueOrDefault(name, ".*"),
        }).Replace("now()", $"{to.ToUnixTimeMilliseconds()}ms", StringComparison.Ordinal);
}
