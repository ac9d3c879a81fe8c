using System.Diagnostics;
using System.Threading.Channels;

namespace SmartFarm.Testing.Servers;

/// <summary>The command-line clients that every user of MQTT has.</summary>
public static class MosquittoClients
{
    public static bool AreInstalled => Programs.Find("mosquitto_pub") is not null && Programs.Find("mosquitto_sub") is not null;

    /// <summary>Publishes one message with QoS 1 by <c>mosquitto_pub</c>.</summary>
    public static async Task PublishAsync(int port, string topic, string payload)
    {
        using var process = Process.Start(Programs.Find("mosquitto_pub")!, ["-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-t", topic, "-m", payload]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"mosquitto_pub ended with {process.ExitCode}.");
        }
    }
}

/// <summary>A running <c>mosquitto_sub</c>: one line per message, the topic, a space, the payload.</summary>
public sealed class MosquittoSub : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    private MosquittoSub(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null)
            {
                _lines.Writer.TryWrite(e.Data);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Starts listening; returns when the broker has the subscription (proved by a message of its own).</summary>
    public static async Task<MosquittoSub> StartAsync(int port, string filter)
    {
        var probe = $"probe/{Guid.NewGuid():N}";
        var info = new ProcessStartInfo(Programs.Find("mosquitto_sub")!, ["-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-v", "-t", filter, "-t", probe])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var sub = new MosquittoSub(Process.Start(info)!);
        while (true)
        {
            await MosquittoClients.PublishAsync(port, probe, "there?");
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            try
            {
                if ((await sub._lines.Reader.ReadAsync(patience.Token)).StartsWith("probe/", StringComparison.Ordinal))
                {
                    return sub;
                }
            }
            catch (OperationCanceledException)
            {
                // Not yet subscribed.
            }
        }
    }

    /// <summary>The next message whose topic ends so.</summary>
    public async Task<string> NextAsync(string topicEnd, int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(patience.Token);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line[..space].EndsWith(topicEnd, StringComparison.Ordinal))
            {
                return line[(space + 1)..];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
