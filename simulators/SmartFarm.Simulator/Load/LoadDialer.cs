using System.Net.Sockets;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Load;

/// <summary>Opens connections, and says in a sentence why one cannot be had.</summary>
internal static class LoadDialer
{
    /// <exception cref="SimulatorException">The broker cannot be reached, or refuses us.</exception>
    public static async Task<LoadChannel> OpenAsync(MqttSessionOptions broker, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(broker.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await DialAsync(broker, either.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            throw new SimulatorException("The system gives no more open files, and each connection is one: raise its limit (ulimit -n), or give fewer --connections.");
        }
        catch (SocketException e)
        {
            throw new SimulatorException(NoConnection(broker, e.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SimulatorException(NoConnection(broker, $"no answer within {broker.Timeout.TotalSeconds:0.#} s"));
        }
    }

    private static async Task<LoadChannel> DialAsync(MqttSessionOptions broker, CancellationToken cancellationToken)
    {
        var channel = new LoadChannel();
        try
        {
            await channel.ConnectAsync(broker, cancellationToken);
            return channel;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private static string NoConnection(MqttSessionOptions broker, string why) =>
        $"No connection to the MQTT broker at {broker.Host}:{broker.Port}: {why}. Start it, or name another with --host and --port.";
}
