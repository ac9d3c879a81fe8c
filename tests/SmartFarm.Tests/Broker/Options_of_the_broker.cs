using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

public sealed class Options_of_the_broker
{
    [Fact]
    public void What_cannot_work_is_refused_all_at_once()
    {
        var options = new MqttBrokerOptions { MaxInFlight = 0, MaxPacketSize = 1, MaxSessionExpiry = TimeSpan.FromDays(-1) };
        var refusal = Assert.Throws<ArgumentException>(() => new MqttBroker(options, new TestTimeProvider(), NullLogger<MqttBroker>.Instance, []));
        Assert.Contains("MaxInFlight", refusal.Message);
        Assert.Contains("MaxPacketSize", refusal.Message);
        Assert.Contains("MaxSessionExpiry", refusal.Message);
    }
}
