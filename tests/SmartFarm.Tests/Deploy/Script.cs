using System.Diagnostics;

namespace SmartFarm.Tests.Deploy;

/// <summary>Runs a program to its end.</summary>
internal static class Script
{
    /// <summary>Its exit code, and what it printed and complained of.</summary>
    public static (int Code, string Output) Run(string program, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
