using System.Text;
using SmartFarm.Influx;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Influx;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The database lets us write: one row into our own measurement, since a user who may only read looks well until the first row.</summary>
internal sealed class DatabaseWriteExamination : IExamination
{
    public string Name => "writing";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings.Influx.Url))
        {
            return Finding.Well("into the embedded store.");
        }

        using var client = new InfluxClient(InfluxServices.Options(settings.Influx), clock);
        var row = $"worker,host={Environment.MachineName.ToLowerInvariant()},instance=doctor doctor=1 {clock.GetUtcNow().ToUnixTimeMilliseconds()}\n";
        var reply = await client.WriteAsync(Encoding.UTF8.GetBytes(row), cancellationToken);
        return reply.Verdict == InfluxVerdict.Stored
            ? Finding.Well($"{client.Options} took a row.")
            : Finding.Mend(InfluxAdvice.For(client.Options, reply));
    }
}
