using System.Diagnostics;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Broker;

/// <summary>Runs the real <c>mosquitto_pub</c> and <c>mosquitto_sub</c>, each ended by its own process object.</summary>
internal sealed class MosquittoClient : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private MosquittoClient(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static bool IsInstalled => Programs.Find("mosquitto_pub") is not null && Programs.Find("mosquitto_sub") is not null;

    public static MosquittoClient Start(string program, int port, string version, params string[] arguments)
    {
        var info = new ProcessStartInfo(Programs.Find(program)!, ["-h", "127.0.0.1", "-p", $"{port}", "-V", version, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new MosquittoClient(Process.Start(info)!);
    }

    /// <summary>Publishes and waits until the client is done.</summary>
    public static async Task PublishAsync(int port, string version, params string[] arguments)
    {
        await using var client = Start("mosquitto_pub", port, version, arguments);
        await client.LinesAsync();
    }

    /// <summary>Waits until the client ends by itself, and gives the lines it printed.</summary>
    public async Task<string[]> LinesAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(_process.ExitCode == 0, $"It ended with {_process.ExitCode}: {await _errors}");
        return (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Ends it as a power cut does: no DISCONNECT.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
