using System.Buffers;
using SmartFarm.Mqtt;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Campaign.Servers;

/// <summary>Resets the connection after a seeded number of messages sent, or of PUBACKs received.</summary>
internal sealed class Drops(Random random, bool afterAck, int times) : BrokerBehaviour
{
    private readonly int[] _after = [.. Enumerable.Range(0, times).Select(_ => random.Next(1, 600))];

    public override int PatienceSeconds => 90;

    public override bool DropsAfterSending(int connection, long sent) => !afterAck && connection <= _after.Length && sent >= _after[connection - 1];

    public override bool DropsAfterAck(int connection, long acknowledged) => afterAck && connection <= _after.Length && acknowledged >= _after[connection - 1];
}

/// <summary>Resets the connection now and then, and afterwards sends again in another order, or forgets the session.</summary>
internal sealed class Resumes(Random random, bool forgets) : BrokerBehaviour
{
    public const int Times = 6;

    public override int PatienceSeconds => 90;

    public override Greeting Greet(int connection) => new(0, KeepsSession: !forgets);

    public override bool DropsAfterAck(int connection, long acknowledged) => connection <= Times && acknowledged >= 100 + (connection * 7);

    public override IReadOnlyList<Sent> Redeliver(IReadOnlyList<Sent> unacknowledged)
    {
        if (forgets)
        {
            return unacknowledged;
        }

        var shuffled = unacknowledged.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}

/// <summary>Refuses the first connects.</summary>
internal sealed class Refuses(params byte[] reasons) : BrokerBehaviour
{
    public override int PatienceSeconds => 60;

    public override Greeting Greet(int connection) => new(connection <= reasons.Length ? reasons[connection - 1] : (byte)0);
}

/// <summary>Allows the worker one message at a time.</summary>
internal sealed class TakesOneAtATime : BrokerBehaviour
{
    public override Greeting Greet(int connection) => new(0, ReceiveMaximum: 1);
}

/// <summary>Every byte in a write of its own.</summary>
internal sealed class TearsPackets : BrokerBehaviour
{
    public override async ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> packets, CancellationToken cancellationToken)
    {
        for (var i = 0; i < packets.Length; i++)
        {
            await stream.WriteAsync(packets.Slice(i, 1), cancellationToken);
        }
    }
}

/// <summary>Never answers PINGREQ, on the first connection.</summary>
internal sealed class IgnoresPings : BrokerBehaviour
{
    private int _connection;

    public override int PatienceSeconds => 90;

    public override bool AnswersPing => _connection > 1;

    public override Greeting Greet(int connection)
    {
        _connection = connection;
        return new(0);
    }
}

/// <summary>Puts something of its own between the packets of the first connections.</summary>
/// <param name="times">On how many connections.</param>
/// <param name="after">After how many messages of each.</param>
/// <param name="what">Writes it.</param>
/// <param name="ends">Whether the connection is of no use afterwards.</param>
internal sealed class Disturbs(int times, int after, Action<MqttVersion, IBufferWriter<byte>> what, bool ends) : BrokerBehaviour
{
    /// <summary>A PUBLISH of a megabyte at QoS 0: too large to be kept whole.</summary>
    public static void Oversize(MqttVersion version, IBufferWriter<byte> output) =>
        new PublishPacket { Topic = "farm/c1/d0000/telemetry"u8, Payload = new byte[1_000_000] }.WriteTo(output, version);

    /// <summary>Bytes that can never become a packet (type 0).</summary>
    public static void Garbage(MqttVersion version, IBufferWriter<byte> output) => output.Write<byte>([0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3]);

    /// <summary>A QoS 1 PUBLISH with the packet identifier 0, which there is not [MQTT-2.2.1-3].</summary>
    public static void IdZero(MqttVersion version, IBufferWriter<byte> output) =>
        new PublishPacket { Qos = 1, Topic = "farm/c1/d0000/telemetry"u8, PacketId = 0, Payload = "{}"u8 }.WriteTo(output, version);

    /// <summary>Acknowledgements of things that the worker never sent.</summary>
    public static void WrongIds(MqttVersion version, IBufferWriter<byte> output)
    {
        new AckPacket { Type = PacketType.PubAck, PacketId = 40_000 }.WriteTo(output, version);
        new SubAckPacket { Type = PacketType.SubAck, PacketId = 40_001, Codes = [1] }.WriteTo(output, version);
        PingPacket.WriteResponse(output);
    }

    /// <summary>"Session taken over": somebody else uses the client id.</summary>
    public static void TakenOver(MqttVersion version, IBufferWriter<byte> output) =>
        new DisconnectPacket { Type = PacketType.Disconnect, ReasonCode = ReasonCode.SessionTakenOver }.WriteTo(output, version);

    public override bool Disturb(int connection, long sent, MqttVersion version, IBufferWriter<byte> output)
    {
        if (connection > times || sent != after)
        {
            return false;
        }

        what(version, output);
        return ends;
    }
}
