using System.Net;
using System.Net.Sockets;
using SmartFarm.Mqtt;
using Xunit;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>A broker on a loopback socket that does what a test says, and nothing by itself.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeBroker() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public MqttSessionOptions Options(MqttVersion version = MqttVersion.V5) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        ClientId = "c",
        Version = version,
        Subscriptions = ["farm/#"],
        MinBackoff = TimeSpan.FromMilliseconds(1),
        MaxBackoff = TimeSpan.FromMilliseconds(5),
        KeepAlive = TimeSpan.Zero,
    };

    public async Task<FakeConnection> AcceptAsync() => new(await _listener.AcceptTcpClientAsync().WaitAsync(FakeConnection.Patience));

    /// <summary>Accepts, answers CONNECT, and SUBSCRIBE.</summary>
    public async Task<FakeConnection> AcceptReadyAsync(MqttVersion version = MqttVersion.V5, string? connAck = null)
    {
        var connection = await AcceptAsync();
        Assert.Equal(0x10, (await connection.ReadPacketAsync())[0]);
        await connection.SendAsync(connAck ?? (version == MqttVersion.V5 ? "20 03 01 00 00" : "20 02 01 00"));
        Assert.Equal(0x82, (await connection.ReadPacketAsync())[0]);
        await connection.SendAsync(version == MqttVersion.V5 ? "90 04 00 01 00 01" : "90 03 00 01 01");
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
