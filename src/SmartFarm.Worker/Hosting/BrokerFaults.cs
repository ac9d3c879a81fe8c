using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt.Broker;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Hosting;

/// <summary>Broken packets that reach the embedded broker end in the quarantine like everything else that is refused.</summary>
internal sealed class BrokerFaults(IntakePipeline pipeline, StoreRunner store) : IMqttBrokerEvents
{
    private const int MostShown = 64;

    /// <summary>While the store has no room a broken packet is only counted by the broker: its sender cannot be made to wait.</summary>
    public void OnProtocolError(string clientId, string reason, ReadOnlySpan<byte> bytes)
    {
        if (store.HasRoom)
        {
            pipeline.Refuse(
                new Delivery { Topic = [], Payload = bytes, Receipt = default },
                RejectReason.BadPacket,
                $"Client '{(clientId.Length > MostShown ? clientId[..MostShown] + "…" : clientId)}' sent to the embedded broker: {reason}");
        }
    }
}
