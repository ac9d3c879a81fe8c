using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>Writes all there is, the PUBACKs that are due included, in one write; then looks again.</summary>
internal sealed class SendLoop(SessionParts parts, Stream stream, AckQueue acks, OutputBuffer output, KeepAliveTimer keepAlive)
{
    private volatile bool _isLast;

    /// <summary>Runs until cancelled or finished; says how the connection ended when it could not write.</summary>
    public async Task<ConnectionEnd?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var isLast = _isLast;
                var bytes = isLast ? output.Take(acks) : await output.TakeAsync(acks, cancellationToken);
                if (!bytes.IsEmpty)
                {
                    await stream.WriteAsync(bytes, cancellationToken);
                    keepAlive.OnWritten();
                    parts.Publisher.OnWritten();
                }

                if (isLast)
                {
                    return null;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            return new ConnectionEnd(EndKind.Retry, $"The connection was lost: {e.Message}");
        }
    }

    /// <summary>
    /// Writes the acknowledgements that are due and a last DISCONNECT. MQTT 3.1.1 knows only the clean one, after which the broker forgets
    /// the will; without it the connection is simply closed.
    /// </summary>
    public async Task FinishAsync(Task running, byte goodbye)
    {
        if (parts.Options.Version == MqttVersion.V311 && goodbye != ReasonCode.Success)
        {
            return;
        }

        output.Close(acks, (goodbye, parts.Options.Version), static (bytes, g) =>
            new DisconnectPacket { Type = PacketType.Disconnect, ReasonCode = g.goodbye }.WriteTo(bytes, g.Version));
        _isLast = true;
        output.Wake();
        try
        {
            await running.WaitAsync(parts.Options.Timeout, parts.Time);
        }
        catch (TimeoutException)
        {
            // The broker does not even read: it will notice that we are gone.
        }
    }
}
