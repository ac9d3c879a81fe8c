using System.Net;
using System.Net.Sockets;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>Looks whether the ports we want are free, to say so in one sentence before anything is started.</summary>
internal static class PortCheck
{
    /// <exception cref="SettingsException">A port is taken.</exception>
    public static void Require(SmartFarmSettings settings)
    {
        Require(settings.Http.Address, settings.Http.Port, "the web console", "--http-port");
        if (settings.Broker.Enabled)
        {
            Require(settings.Broker.Address, settings.Broker.Port, "the MQTT broker", "--mqtt-port");
        }
    }

    private static void Require(string address, int port, string what, string option)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            throw new SettingsException($"'{address}' is no address to listen on; it must be like 127.0.0.1 or 0.0.0.0.");
        }

        try
        {
            using var probe = new TcpListener(ip, port);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new SettingsException(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"Port {port} on {address} for {what} is in use by another program: stop it, or choose another port with {option}."
                : $"Port {port} on {address} for {what} cannot be opened ({e.Message}): choose another with {option}.");
        }
    }
}
