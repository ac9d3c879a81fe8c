using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Broker.Connections;
using SmartFarm.Mqtt.Broker.Limits;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Mqtt.Broker.Sessions;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Orders of events at one queue that no socket can force.</summary>
public sealed class Outgoing_queue
{
    private static readonly OutgoingMessage s_copy = new(new BrokerMessage("t"u8, "x"u8, default) { Qos = 1 }, 1, Retain: false, null);

    [Fact]
    public void An_early_ack_of_what_was_not_sent_again_does_not_widen_the_window()
    {
        var queue = NewQueue(new BrokerCounters());
        for (var i = 0; i < 3; i++)
        {
            queue.TryAdd(s_copy, 0);
        }

        object old = new();
        queue.Rewind(old, window: 2);
        Assert.True(queue.TryTake(old, out _));
        Assert.True(queue.TryTake(old, out var second));
        object young = new();
        queue.Rewind(young, window: 1);
        Assert.True(queue.TryTake(young, out var first));
        Assert.True(queue.Acknowledge(young, second.PacketId));
        Assert.False(queue.TryTake(young, out _));
        Assert.True(queue.Acknowledge(young, first.PacketId));
        Assert.True(queue.TryTake(young, out _));
    }

    [Fact]
    public async Task A_message_queued_while_the_session_changes_hands_wakes_its_new_connection()
    {
        var time = new TestTimeProvider();
        using var broker = new MqttBroker(new MqttBrokerOptions(), time, NullLogger<MqttBroker>.Instance, []);
        var queue = NewQueue(broker.Counters);
        var session = new BrokerSession("c", queue, new SubscriberPatience(time, TimeSpan.Zero));
        var (input, output) = (new Pipe(), new Pipe());
        using var connection = new ClientConnection(PipedTransport.Make(input, output), broker);
        var offering = new Thread(() => session.Offer(s_copy, 0, mayWait: false));
        Task sending;
        lock (LockOf(queue))
        {
            offering.Start();
            Assert.True(SpinWait.SpinUntil(() => offering.ThreadState == ThreadState.WaitSleepJoin, TimeSpan.FromSeconds(10)));
            session.GoOnline(connection, 10);
            connection.Sender.Start(session, MqttVersion.V5, uint.MaxValue);
            sending = connection.Sender.RunAsync();
        }

        offering.Join();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.False((await output.Reader.ReadAsync(patience.Token)).Buffer.IsEmpty);
        connection.Sender.Close();
        await output.Reader.CompleteAsync();
        await sending;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lock")]
    private static extern ref Lock LockOf(OutgoingQueue queue);

    private static OutgoingQueue NewQueue(BrokerCounters counters) => new(10, 10_000, new ByteBudget(10_000), counters);
}
