using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

public sealed class Failing_connections
{
    [Fact]
    public async Task A_fault_while_sending_is_counted_and_logged_and_ends_the_connection()
    {
        using var lines = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        using var broker = new MqttBroker(new MqttBrokerOptions(), new TestTimeProvider(), factory.CreateLogger<MqttBroker>(), []);
        var (input, output) = (new Pipe(), new Pipe());
        await output.Writer.CompleteAsync(); // Every write throws from now on.
        new ConnectPacket { Version = MqttVersion.V5, CleanStart = true, ClientId = Encoding.UTF8.GetBytes("c") }.WriteTo(input.Writer);
        await input.Writer.FlushAsync();
        await new MqttBrokerConnectionHandler(broker).OnConnectedAsync(PipedTransport.Make(input, output)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((1L, 0), (broker.Statistics.InternalErrors, broker.Statistics.Connections));
        Assert.Single(lines.With("fault of the broker"));
    }
}
