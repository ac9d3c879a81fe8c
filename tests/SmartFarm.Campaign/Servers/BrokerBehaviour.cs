using System.Buffers;
using SmartFarm.Mqtt;

namespace SmartFarm.Campaign.Servers;

/// <summary>A message on its way to the worker under a packet identifier.</summary>
internal sealed record Sent(long Number, ushort PacketId);

/// <summary>How the broker answers a CONNECT.</summary>
/// <param name="Reason">A reason code of MQTT 5; 0 accepts.</param>
/// <param name="KeepsSession">Whether it says that it knows the session (if it does).</param>
/// <param name="ReceiveMaximum">What it takes from the worker at a time; 0: says nothing.</param>
internal readonly record struct Greeting(byte Reason, bool KeepsSession = true, ushort ReceiveMaximum = 0);

/// <summary>What the scripted broker does beside what is right; by default nothing. Called by one thread at a time for a connection.</summary>
internal class BrokerBehaviour
{
    /// <summary>Seconds of silence after which a case may give up; longer where the fault itself is silence.</summary>
    public virtual int PatienceSeconds => 30;

    public virtual bool AnswersPing => true;

    /// <summary>Answers a CONNECT for telemetry; the first has number 1.</summary>
    public virtual Greeting Greet(int connection) => new(0);

    /// <summary>Order in which what was not acknowledged is sent again. MQTT asks for the original one [MQTT-4.6.0-1].</summary>
    public virtual IReadOnlyList<Sent> Redeliver(IReadOnlyList<Sent> unacknowledged) => unacknowledged;

    /// <summary>Whether to reset the connection after so many messages of it were sent, before any answer is read.</summary>
    public virtual bool DropsAfterSending(int connection, long sent) => false;

    /// <summary>Whether to reset the connection after so many PUBACKs of it.</summary>
    public virtual bool DropsAfterAck(int connection, long acknowledged) => false;

    /// <summary>Puts bytes of its own between the packets; true: the connection is of no use afterwards.</summary>
    public virtual bool Disturb(int connection, long sent, MqttVersion version, IBufferWriter<byte> output) => false;

    /// <summary>Puts packets on the wire.</summary>
    public virtual ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> packets, CancellationToken cancellationToken) => stream.WriteAsync(packets, cancellationToken);
}
