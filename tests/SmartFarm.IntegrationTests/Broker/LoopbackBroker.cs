using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Broker;

/// <summary>The embedded broker on a loopback port, with the real clock.</summary>
internal sealed class LoopbackBroker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackBroker(MqttBrokerOptions options, int port)
    {
        Port = port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMqttBroker(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, o => o.UseConnectionHandler<MqttBrokerConnectionHandler>()));
        _app = builder.Build();
    }

    public int Port { get; }

    public MqttBrokerStatistics Statistics => _app.Services.GetRequiredService<MqttBroker>().Statistics;

    public static async Task<LoopbackBroker> StartAsync(MqttBrokerOptions? options = null, int? port = null)
    {
        var broker = new LoopbackBroker(options ?? new MqttBrokerOptions(), port ?? Ports.Free());
        await broker._app.StartAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
