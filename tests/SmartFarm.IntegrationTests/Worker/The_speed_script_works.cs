using System.Diagnostics;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>The measurements of <c>tests/speed</c> run to their end and give a number each; how fast is not judged here.</summary>
public sealed class The_speed_script_works
{
    [Fact]
    public async Task Every_measurement_gives_a_number()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Repository.PathOf("tests", "SmartFarm.Benchmarks", "bin", framework.Parent!.Name, framework.Name, "SmartFarm.Benchmarks.dll");
        Assert.SkipUnless(File.Exists(program), "The benchmarks are not built in this configuration.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "CPU times are read from /proc.");
        Assert.SkipUnless(Mosquitto.IsInstalled && InfluxDb.IsInstalled, "mosquitto and influxd are not installed.");

        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "speed", "--brief"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2.5));
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output;
        try
        {
            output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Assert.True(process.ExitCode == 0, output + await errors);
        string[] units = ["ns CPU/msg", "msg/s", "CPU-s/M", "B/msg", "MB", "ms", "% of a core", "rows/s", " x"];
        Assert.All(units, unit => Assert.Contains(unit, output, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", output, StringComparison.Ordinal);
    }
}
