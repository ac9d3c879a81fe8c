using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Pipeline.Intake;

namespace SmartFarm.Worker.Hosting;

/// <summary>Broken packets that reach the embedded broker end in the quarantine like everything else that is refused.</summary>
internal sealed class BrokerFaults(IntakePipeline pipeline) : IMqttBrokerEvents
{
    public void OnProtocolError(string clientId, string reason, ReadOnlySpan<byte> bytes) => pipeline.Refuse(
        new Delivery { Topic = [], Payload = bytes, Receipt = default },
        RejectReason.BadPacket,
        $"Client '{Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clientId).AsSpan(0, Math.Min(clientId.Length, 64)))}' sent to the embedded broker: {reason}");
}
