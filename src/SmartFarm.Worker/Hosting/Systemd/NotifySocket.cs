using System.Net.Sockets;
using System.Text;

namespace SmartFarm.Worker.Hosting.Systemd;

/// <summary>Tells the service manager how we are: one datagram per call, as in sd_notify(3). Thread-safe; never throws once made.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _manager;

    private NotifySocket(string path) => _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);

    /// <summary>The socket that the environment names; null when nobody is listening for us.</summary>
    public static NotifySocket? FromEnvironment() => Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 1 } path && path[0] is '/' or '@' ? new NotifySocket(path) : null;

    /// <summary>How often the manager wants to hear WATCHDOG=1; null when it does not, or when it asks another process.</summary>
    public static TimeSpan? WatchdogInterval()
    {
        var isOurs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } id || id == $"{Environment.ProcessId}";
        return isOurs && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    /// <summary>Sends one state, such as <c>READY=1</c>. A manager that has gone is no reason to fail.</summary>
    public void Send(string state)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(state), _manager);
        }
        catch (SocketException)
        {
            // The manager restarts, or its queue is full: the next state follows in a moment.
        }
    }

    public void SendStatus(string sentence) => Send($"STATUS={sentence.ReplaceLineEndings(" ")}");

    public void Dispose() => _socket.Dispose();
}
