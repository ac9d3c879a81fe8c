using System.Globalization;

namespace SmartFarm.Benchmarks.Speed;

/// <summary>What a process has used so far, from <c>/proc</c> (Linux only).</summary>
internal sealed class ProcessMeter(int processId)
{
    // Unit of the times in /proc/PID/stat, sysconf(_SC_CLK_TCK): 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>CPU time, user and system, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Resident memory now, in megabytes.</summary>
    public double ResidentMb => Status("VmRSS:");

    /// <summary>Most memory that was ever resident, in megabytes.</summary>
    public double MostResidentMb => Status("VmHWM:");

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
    }
}
