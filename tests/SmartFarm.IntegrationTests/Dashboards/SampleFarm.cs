using System.Globalization;
using System.Text;
using SmartFarm.Domain.Quantities;
using SmartFarm.Testing;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>An hour of every measurement of the schema, two zones, as line protocol with millisecond times.</summary>
internal static class SampleFarm
{
    /// <summary>What the worker tells about itself, by the table in the manual.</summary>
    private static readonly string[] WorkerFields =
        [.. File.ReadLines(Repository.PathOf("docs", "operations.md")).Where(l => l.Contains("| gauge |") || l.Contains("| counter |")).Select(l => l.Split('`')[1])];

    public static string Lines(DateTimeOffset end)
    {
        var lines = new StringBuilder();
        for (var minute = 60; minute >= 0; minute--)
        {
            var time = end.AddMinutes(-minute).ToUnixTimeMilliseconds();
            foreach (var zone in new[] { "gh1", "gh2" })
            {
                AddZone(lines, zone, minute, time);
            }

            var received = Number(1000 - (minute * 10));
            lines.Append($"worker,host=box,instance=farm {string.Join(',', WorkerFields.Select(f => $"{f}={received}"))} {time}\n");
        }

        return lines.ToString();
    }

    private static void AddZone(StringBuilder lines, string zone, int minute, long time)
    {
        var all = string.Join(',', Quantities.All.Select(q => $"{q.Name}={Number(20 + (minute % 7))}"));
        lines.Append($"climate,site=s1,zone={zone} {all},trust=1 {time}\n");
        lines.Append($"telemetry,site=s1,zone={zone},device=climate-1 {all} {time}\n");
        lines.Append($"actuator,site=s1,zone={zone},actuator=roof_vent target=40,reported={Number(minute % 40)},mode=\"remote\",source=\"vent-on-heat@1\" {time}\n");
        if (minute % 10 != 0)
        {
            return;
        }

        var outcome = minute % 20 == 0 ? "succeeded" : "timed_out";
        lines.Append($"quality,site=s1,zone={zone},device=climate-1,quantity=co2,check=range flag=4i,value=9e4 {time}\n");
        lines.Append($"command,site=s1,zone={zone},actuator=roof_vent,outcome={outcome} id=\"c{minute}\",target=40,latency_ms=812,reason=\"too warm\",rule=\"vent-on-heat@1\" {time}\n");
        lines.Append($"decision,site=s1,zone={zone},rule=vent-on-heat truth=\"true\",target=40,text=\"29.1 °C > 28 °C\" {time}\n");
        lines.Append($"alarm,site=s1,zone={zone},severity=warning,code=command_timed_out state=\"raised\",text=\"no answer\" {time}\n");
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
