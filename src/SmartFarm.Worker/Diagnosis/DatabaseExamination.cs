using SmartFarm.Influx;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Influx;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The database can be reached, lets us in, and has our schema.</summary>
internal sealed class DatabaseExamination : IExamination
{
    public string Name => "database";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings.Influx.Url))
        {
            return new Finding(true, $"the embedded store in '{settings.Data.Directory}'; set SmartFarm__Influx__Url to use InfluxDB.");
        }

        using var client = new InfluxClient(InfluxServices.Options(settings.Influx), clock);
        var readiness = await new InfluxSetup(client).ExamineAsync(cancellationToken);
        var findings = string.Join(' ', readiness.Findings);
        return new Finding(readiness.IsReady, findings.Length > 0 ? findings : $"{settings.Influx.Url} is ready.");
    }
}
