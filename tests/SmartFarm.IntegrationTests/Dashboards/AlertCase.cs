using System.Globalization;
using System.Text;
using SmartFarm.Testing;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>tests/cases/dashboards/alerts: what a rule must say to given data. Times are relative to one moment: -90s, 5m, -2h.</summary>
internal sealed class AlertCase
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 15, 3, 7, 30, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, AlertCase> All { get; } = Directory.GetFiles(Repository.PathOf("tests", "cases", "dashboards", "alerts"), "*.yaml").Order()
        .SelectMany(Read).ToDictionary(c => $"{c.Rule}: {c.Name}", StringComparer.Ordinal);

    public string Rule { get; set; } = "";

    public string Name { get; init; } = "";

    public List<AlertData> Data { get; init; } = [];

    /// <summary>From here on the database does not answer.</summary>
    public string? Away { get; init; }

    public List<AlertExpectation> Watch { get; init; } = [];

    /// <summary>The rows as line protocol with seconds.</summary>
    public string Lines()
    {
        var lines = new StringBuilder();
        foreach (var data in Data)
        {
            for (var time = At(data.From); time <= At(data.To); time += Span(data.Every))
            {
                data.Rows.ForEach(row => lines.Append($"{row} {time.ToUnixTimeSeconds()}\n"));
            }
        }

        return lines.ToString();
    }

    public static DateTimeOffset At(string offset) => Moment + Span(offset);

    private static TimeSpan Span(string text)
    {
        var number = double.Parse(text[..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => throw new FormatException($"'{text}' is no time; write 90s, 5m or 2h."),
        };
    }

    private static List<AlertCase> Read(string file)
    {
        var read = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<AlertCases>(File.ReadAllText(file));
        read.Cases.ForEach(c => c.Rule = read.Rule);
        return read.Cases;
    }
}

/// <summary>A file of cases.</summary>
internal sealed class AlertCases
{
    public string Rule { get; init; } = "";

    public List<AlertCase> Cases { get; init; } = [];
}

/// <summary>Rows that come again and again, without their time.</summary>
internal sealed class AlertData
{
    public string From { get; init; } = "0m";

    public string To { get; init; } = "0m";

    public string Every { get; init; } = "1m";

    public List<string> Rows { get; init; } = [];
}

/// <summary>Labels that fire at a time; "rule" is the rule as a whole, for no data and errors.</summary>
internal sealed class AlertExpectation
{
    public string At { get; init; } = "0m";

    public List<string> Fires { get; init; } = [];
}
