using System.Buffers;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Simulator.Devices;

/// <summary>Puts a report into a message as a device of some format does.</summary>
/// <param name="topics">The native topic tree.</param>
/// <param name="site">Site of the device.</param>
/// <param name="address">What the device calls itself.</param>
/// <param name="report">What it has to say.</param>
internal delegate MqttMessage TelemetryWriter(NativeTopics topics, string site, string address, in Report report);

/// <summary>The formats that simulated devices speak, by the name used in <c>farm.yaml</c>: one line adds one.</summary>
internal static class WireFormats
{
    private static readonly Dictionary<string, TelemetryWriter> Table = new(StringComparer.Ordinal)
    {
        [NativeFormat.FormatName] = Native,
    };

    /// <summary>How a format is written; null when nothing here speaks it.</summary>
    public static TelemetryWriter? Find(string format) => Table.GetValueOrDefault(format);

    private static MqttMessage Native(NativeTopics topics, string site, string address, in Report report)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        NativeTelemetry.Write(payload, report.Time, report.Seq, position: null, [.. report.Values]);
        return new MqttMessage(topics.Telemetry(site, address), payload.WrittenMemory);
    }
}
