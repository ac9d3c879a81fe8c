using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>PINGREQ and PINGRESP, which carry nothing (MQTT 5 §3.12, §3.13).</summary>
public static class PingPacket
{
    /// <summary>Checks that it is empty.</summary>
    public static bool TryRead(in Frame frame, out Fault fault)
    {
        fault = frame.Length == 0 ? default : Fault.Malformed("PINGREQ or PINGRESP is not empty.");
        return !fault.IsFault;
    }

    /// <summary>Encodes a PINGREQ.</summary>
    public static void WriteRequest(IBufferWriter<byte> output) => new FieldWriter(output, PacketType.PingReq, 0, 0).Done();

    /// <summary>Encodes a PINGRESP.</summary>
    public static void WriteResponse(IBufferWriter<byte> output) => new FieldWriter(output, PacketType.PingResp, 0, 0).Done();
}
