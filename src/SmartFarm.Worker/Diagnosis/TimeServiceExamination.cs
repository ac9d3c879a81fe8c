using System.Runtime.InteropServices;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Whether the kernel believes that something keeps its clock right (adjtimex(2)); without rights, and in containers too.</summary>
internal sealed class TimeServiceExamination : IExamination
{
    private const int Error = 5;

    public string Name => "time";

    public Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken) => Task.FromResult(Ask() switch
    {
        >= 0 and < Error => Finding.Well("a time service keeps the clock right."),
        Error => Finding.Mend("Nothing keeps the clock right: install a time service such as chrony (on the computer itself, not in a container)."),
        _ => Finding.Unknown("this system does not say whether a time service keeps the clock right."),
    });

    /// <summary>State of the clock, 5 when it is not synchronised; -1 when the system does not say. Modes 0: reads only.</summary>
    private static int Ask()
    {
        try
        {
            return OperatingSystem.IsLinux() ? AdjTimex(new byte[512]) : -1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return -1;
        }
    }

    [DllImport("libc", EntryPoint = "adjtimex", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AdjTimex(byte[] timex);
}
