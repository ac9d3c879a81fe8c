using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Mqtt.Packets;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Connections that share one thread: what one may do before another has its turn is counted, not timed.</summary>
public sealed class Turns_of_connections
{
    [Fact]
    public void A_flood_of_one_lets_another_have_its_turn()
    {
        const int Flood = 5000, Payload = 100;
        using var broker = new MqttBroker(new MqttBrokerOptions(), new TestTimeProvider(), NullLogger<MqttBroker>.Instance, []);
        var handler = new MqttBrokerConnectionHandler(broker);
        var (subscriber, flooder, other) = (new Client(handler), new Client(handler), new Client(handler));
        subscriber.Connect("s");
        SubscribePacket.WriteSubscribe(subscriber.Input, MqttVersion.V5, 1, default, ["#"u8.ToArray()], 0);
        flooder.Connect("f");
        for (var i = 0; i < Flood; i++)
        {
            flooder.Publish("flood", new byte[Payload]);
        }

        other.Connect("o");
        other.Publish("other", [1]);

        var topics = new OneThread().Run(async () =>
        {
            await subscriber.StartAsync();
            await subscriber.ReadAsync(PacketType.SubAck, 1);
            await Task.WhenAll(flooder.StartAsync(), other.StartAsync());
            return await subscriber.ReadAsync(PacketType.Publish, Flood + 1);
        });

        // 64 KiB of its packets, and the one that crosses the line; the other connection needs two turns, for its CONNECT and its PUBLISH.
        Assert.InRange(topics.IndexOf("other"), 0, 2 * ((64 * 1024 / Payload) + 1));
    }

    private sealed class Client(MqttBrokerConnectionHandler handler)
    {
        private static readonly PipeOptions Unlimited = new(pauseWriterThreshold: 0);
        private readonly Pipe _input = new(Unlimited);
        private readonly Pipe _output = new(Unlimited);
        private readonly PacketReader _reader = new(1 << 16, Oversize.Refuse);

        public PipeWriter Input => _input.Writer;

        public void Connect(string clientId) =>
            new ConnectPacket { Version = MqttVersion.V5, CleanStart = true, ClientId = Encoding.UTF8.GetBytes(clientId) }.WriteTo(Input);

        public void Publish(string topic, byte[] payload) => new PublishPacket { Topic = Encoding.UTF8.GetBytes(topic), Payload = payload }.WriteTo(Input, MqttVersion.V5);

        public async Task StartAsync()
        {
            await Input.FlushAsync();
            _ = handler.OnConnectedAsync(PipedTransport.Make(_input, _output));
        }

        /// <summary>Reads packets of that type; the topics of those that have one.</summary>
        public async Task<List<string>> ReadAsync(PacketType type, int count)
        {
            var topics = new List<string>();
            while (topics.Count < count)
            {
                var result = await _output.Reader.ReadAsync();
                var rest = Take(result.Buffer, type, topics);
                Assert.False(result.IsCompleted && topics.Count < count, "The broker closed the connection.");
                _output.Reader.AdvanceTo(rest.Start, rest.End);
            }

            return topics;
        }

        private ReadOnlySequence<byte> Take(ReadOnlySequence<byte> input, PacketType type, List<string> topics)
        {
            while (_reader.Read(ref input, out var frame, out _) == ReadStatus.Packet)
            {
                if (frame.Type == type)
                {
                    topics.Add(type == PacketType.Publish && PublishPacket.TryRead(frame, MqttVersion.V5, out var publish, out _) ? Encoding.UTF8.GetString(publish.Topic) : "");
                }
            }

            return input;
        }
    }

    /// <summary>Runs everything that awaits on the calling thread, in order.</summary>
    private sealed class OneThread : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];

        public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

        public T Run<T>(Func<Task<T>> start)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = start();
                while (!task.IsCompleted)
                {
                    Assert.True(_work.TryTake(out var next, TimeSpan.FromSeconds(20)), "Nobody has anything to do, and it is not done.");
                    next.Callback(next.State);
                }

                return task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
