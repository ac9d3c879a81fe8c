using System.Net;
using System.Net.Sockets;

namespace SmartFarm.Testing.Servers;

/// <summary>Free loopback ports below the range that the system hands out by itself, so that none is taken between asking and using.</summary>
public static class Ports
{
    private static int s_next = 12000 + (Environment.ProcessId * 37 % 8000);

    public static int Free()
    {
        while (true)
        {
            var port = 12000 + ((Interlocked.Increment(ref s_next) - 12000) % 19000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try the next one.
            }
        }
    }
}
