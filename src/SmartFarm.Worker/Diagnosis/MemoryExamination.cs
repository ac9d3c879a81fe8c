using System.Globalization;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The memory that the container or unit allows is enough.</summary>
/// <param name="root">Where the control groups are mounted, version 2 or 1.</param>
internal sealed class MemoryExamination(string root) : IExamination
{
    private const long Least = 256L << 20;
    private static readonly string[] LimitFiles = ["memory.max", "memory/memory.limit_in_bytes"];

    public string Name => "memory";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var limit = Math.Min(GroupLimit(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        return Task.FromResult(limit >= Least
            ? Finding.Well($"{limit / 1e6:0} MB may be used.")
            : Finding.Mend($"Only {limit / 1e6:0} MB may be used, and a worker needs {Least / 1e6:0} MB under load: raise mem_limit of the container or MemoryMax of the unit."));
    }

    /// <summary>"max", or an absurdly large number, means none.</summary>
    private long GroupLimit() => LimitFiles.Select(file => Path.Combine(root, file)).Where(File.Exists)
        .Select(file => long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : long.MaxValue)
        .DefaultIfEmpty(long.MaxValue).Min();
}
