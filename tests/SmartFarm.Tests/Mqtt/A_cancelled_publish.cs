using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Session;
using Xunit;

namespace SmartFarm.Tests.Mqtt;

/// <summary>A caller who was told "cancelled" must not see the message delivered on a later connection.</summary>
public sealed class A_cancelled_publish
{
    [Fact]
    public async Task Is_not_sent_when_cancelled_in_the_moment_of_sending_again()
    {
        var limits = new ServerLimits(Window: 10, MaxPacketSize: 1_000_000, MaxQos: 2, RetainAvailable: true);
        using var cancel = new CancellationTokenSource();
        var time = new TimeThatActs();
        var publisher = new Publisher(MqttVersion.V5, time, new MqttSessionCounters());
        publisher.Connect(new OutputBuffer(), limits, sessionPresent: true);
        var published = publisher.PublishAsync(new MqttMessage("cmd", default), cancel.Token).AsTask();
        publisher.Disconnect();
        time.Act = cancel.Cancel;

        var output = new OutputBuffer();
        publisher.Connect(output, limits, sessionPresent: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => published);
        Assert.True(output.Take(new AckQueue(1)).IsEmpty);
    }

    /// <summary>Does something once when the code under test next looks at the clock.</summary>
    private sealed class TimeThatActs : TimeProvider
    {
        public Action? Act { get; set; }

        public override long GetTimestamp()
        {
            var act = Act;
            Act = null;
            act?.Invoke();
            return base.GetTimestamp();
        }
    }
}
