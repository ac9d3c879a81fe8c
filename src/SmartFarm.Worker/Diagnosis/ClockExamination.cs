using SmartFarm.Pipeline.Intake;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The clock of this machine is not one that was reset.</summary>
internal sealed class ClockExamination : IExamination
{
    public string Name => "clock";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var built = File.GetLastWriteTimeUtc(typeof(ClockExamination).Assembly.Location);
        return Task.FromResult(now.ToUnixTimeMilliseconds() >= ClockCheck.EarliestMs && now.UtcDateTime >= built.AddDays(-2)
            ? new Finding(true, $"{now:yyyy-MM-dd HH:mm:ss} UTC.")
            : new Finding(false, $"{now:yyyy-MM-dd HH:mm:ss} UTC is before this program was built: set the clock, and install a time service such as chrony."));
    }
}
