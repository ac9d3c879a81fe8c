using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SmartFarm.Testing.Servers;

/// <summary>A real server, started on loopback with its own configuration and data, stopped by its own id.</summary>
public abstract class ServerProcess : IAsyncDisposable
{
    private readonly List<string> _output = [];
    private Process? _process;

    /// <summary>Folder of configuration and data; kept while the server is stopped and started again.</summary>
    public TempFolder Folder { get; } = new();

    public int Port { get; } = Ports.Free();

    /// <summary>The last lines it printed, for a failing test.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output.TakeLast(50));
            }
        }
    }

    /// <summary>Its process id; null while it does not run.</summary>
    public int? ProcessId => _process is { HasExited: false } process ? process.Id : null;

    protected abstract ProcessStartInfo Command();

    /// <summary>Whether the port that is waited for answers as it should; by default, that it accepts.</summary>
    protected virtual Task<bool> IsReadyAsync() => Accepts(Port);

    /// <summary>Starts it, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var process = Launch();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30);)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}:\n{Output}");
            }

            if (await IsReadyAsync())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{process.StartInfo.FileName} did not answer on port {Port}:\n{Output}");
    }

    /// <summary>Starts it and does not wait: for those who want to see it in the middle of its start.</summary>
    public Process Launch()
    {
        var info = Command();
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        _process = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start.");
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return _process;
    }

    /// <summary>Asks it to end, as <c>kill -TERM</c> does; gives its exit code, or null (and kills it) when it has not ended in time.</summary>
    public async Task<int?> TerminateAsync(TimeSpan patience)
    {
        if (_process is not { HasExited: false } process)
        {
            return null;
        }

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return null;
        }
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await BeforeEndAsync();
        }
        finally
        {
            await KillAsync();
            Folder.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Whether it was started and has not ended.</summary>
    protected bool IsRunning => _process is { HasExited: false };

    /// <summary>What must hold at the end of every test; throws when it does not.</summary>
    protected virtual Task BeforeEndAsync() => Task.CompletedTask;

    protected static async Task<bool> Accepts(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
                if (_output.Count > 500)
                {
                    _output.RemoveRange(0, 250);
                }
            }
        }
    }
}
