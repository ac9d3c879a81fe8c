using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using SmartFarm.Mqtt.Broker.Connections;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker;

/// <summary>
/// Lets Kestrel's connections into the broker: <c>kestrel.Listen(IPAddress.Loopback, 1883, o => o.UseConnectionHandler&lt;MqttBrokerConnectionHandler&gt;())</c>.
/// With <c>UseHttps</c> before it, the same over TLS.
/// </summary>
public sealed class MqttBrokerConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var client = new ClientConnection(connection, broker);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        await using var _ = lifetime?.ConnectionClosedRequested.Register(() => client.Close(ReasonCode.ServerShuttingDown));
        await broker.ServeAsync(client);
    }
}
