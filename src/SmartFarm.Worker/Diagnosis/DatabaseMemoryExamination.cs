using System.Globalization;
using System.Text.RegularExpressions;
using SmartFarm.Influx;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The database remembers longer than an outage lasts: rows older than its retention policy are refused.</summary>
internal sealed partial class DatabaseMemoryExamination : IExamination
{
    private static readonly TimeSpan Least = TimeSpan.FromDays(30);

    public string Name => "retention";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings.Influx.Url))
        {
            return Finding.Well("the embedded store keeps everything it has room for.");
        }

        using var client = new InfluxClient(InfluxServices.Options(settings.Influx), clock);
        try
        {
            var policies = await client.QueryAsync($"SHOW RETENTION POLICIES ON {InfluxQl.Identifier(settings.Influx.Database)}", cancellationToken);
            return policies.Select(ShortDefault).FirstOrDefault(found => found is not null) is { } policy
                ? Finding.Mend(
                    $"{client.Options} forgets after {policy.Hours / 24.0:0.#} days (retention policy '{policy.Name}'): rows that waited longer, in our spool or in a device, are refused. "
                    + $"Keep at least {Least.TotalDays:0} days.")
                : Finding.Well($"{client.Options} remembers for {Least.TotalDays:0} days or longer.");
        }
        catch (InfluxException e)
        {
            return Finding.Unknown($"{client.Options} does not say how long it remembers ({e.Message.TrimEnd('.')}).");
        }
    }

    private static (string Name, double Hours)? ShortDefault(InfluxSeries series)
    {
        var columns = series.Columns.ToList();
        var (name, duration, isDefault) = (columns.IndexOf("name"), columns.IndexOf("duration"), columns.IndexOf("default"));
        foreach (var row in series.Rows.Where(_ => name >= 0 && duration >= 0 && isDefault >= 0))
        {
            if (row[isDefault].Number > 0 && Hours(row[duration].Text ?? "") is var hours and > 0 && hours < Least.TotalHours)
            {
                return (row[name].Text ?? "", hours);
            }
        }

        return null;
    }

    /// <summary>A duration as Go writes it, such as <c>168h0m0s</c>; 0 is for ever.</summary>
    private static double Hours(string text) => GoHours().Match(text) is { Success: true } match ? double.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?<hours>[0-9]+)h", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex GoHours();
}
