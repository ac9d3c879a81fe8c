using System.Diagnostics;

namespace SmartFarm.Testing.Servers;

/// <summary>The simulator as its user runs it.</summary>
public static class SimulatorProgram
{
    /// <summary>Runs one command to its end; gives its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Repository.PathOf("simulators", "SmartFarm.Simulator", "bin", framework.Parent!.Name, framework.Name, "smartfarm-sim.dll");
        var info = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
