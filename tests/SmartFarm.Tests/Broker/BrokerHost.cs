using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>A real Kestrel with the broker on a port of its own and a clock that moves only when told.</summary>
internal sealed class BrokerHost : IAsyncDisposable, IMqttBrokerEvents
{
    private readonly WebApplication _app;
    private readonly List<RawClient> _clients = [];

    private BrokerHost(MqttBrokerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton<IMqttBrokerEvents>(this).AddMqttBroker(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, o => o.UseConnectionHandler<MqttBrokerConnectionHandler>()));
        _app = builder.Build();
    }

    public TestTimeProvider Time { get; } = new();

    public LogLines Log { get; } = new();

    public List<(string ClientId, string Reason, byte[] Bytes)> ProtocolErrors { get; } = [];

    public MqttBrokerStatistics Statistics => _app.Services.GetRequiredService<MqttBroker>().Statistics;

    public static async Task<BrokerHost> StartAsync(MqttBrokerOptions? options = null)
    {
        var host = new BrokerHost(options ?? new MqttBrokerOptions());
        await host._app.StartAsync();
        return host;
    }

    public async Task<RawClient> OpenAsync(MqttVersion version = MqttVersion.V5)
    {
        var client = await RawClient.OpenAsync(new Uri(_app.Urls.Single()).Port, version);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    public async Task<RawClient> ConnectAsync(string clientId, MqttVersion version = MqttVersion.V5, Connecting? connecting = null)
    {
        var client = await OpenAsync(version);
        var answer = await client.ConnectAsync(clientId, connecting ?? new Connecting());
        Assert.Equal(0, answer.Code);
        return client;
    }

    /// <summary>Waits until the broker has noticed something that happened on a socket.</summary>
    public async Task UntilAsync(Func<MqttBrokerStatistics, bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(Statistics);)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It did not come true within 10 s: {Statistics}");
            await Task.Yield();
        }
    }

    /// <summary>Cuts the connection and waits until the broker has noticed.</summary>
    public async Task VanishAsync(RawClient client)
    {
        var before = Statistics.Connections;
        client.Cut();
        await UntilAsync(s => s.Connections == before - 1);
    }

    public Task StopAsync() => _app.StopAsync();

    public void OnProtocolError(string clientId, string reason, ReadOnlySpan<byte> bytes)
    {
        lock (ProtocolErrors)
        {
            ProtocolErrors.Add((clientId, reason, bytes.ToArray()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Cut());
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
