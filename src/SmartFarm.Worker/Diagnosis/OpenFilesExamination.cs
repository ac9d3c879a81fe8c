using System.Globalization;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Enough files and sockets may be open at once; .NET takes the hard limit by itself.</summary>
internal sealed class OpenFilesExamination : IExamination
{
    private const string Limits = "/proc/self/limits";
    private const int Least = 1024;

    public string Name => "files";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        var hard = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return Task.FromResult(
            hard is null ? Finding.Unknown("this system does not say how many files may be open.")
            : !long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit >= Least ? Finding.Well($"{hard} may be open at once.")
            : Finding.Mend($"Only {limit} files and connections may be open at once: raise the limit to {Least} or more (LimitNOFILE of the unit, ulimits of the container, ulimit -n)."));
    }
}
