using System.Diagnostics;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>The program as a user calls it: one command, its exit code and what it printed.</summary>
internal static class Smartfarm
{
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync((string Name, string Value)[] settings, params string[] arguments) =>
        RunProgramAsync(settings, "dotnet", [WorkerProcess.Program, .. arguments]);

    public static async Task<(int ExitCode, string Output, string Errors)> RunProgramAsync((string Name, string Value)[] settings, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
