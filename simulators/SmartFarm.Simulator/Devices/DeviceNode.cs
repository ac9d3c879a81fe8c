using SmartFarm.Domain.Quantities;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Devices;

/// <summary>A device with its way to the broker. Thread-safe.</summary>
/// <param name="device">The device.</param>
/// <param name="write">Puts its reports into messages.</param>
/// <param name="postbox">Where they go.</param>
internal sealed class DeviceNode(SimulatedDevice device, Func<Report, MqttMessage> write, Postbox postbox)
{
    private readonly Lock _lock = new();

    /// <summary>Lets time pass, and measures when it is time.</summary>
    public void Tick(in Scene scene, DateTimeOffset now)
    {
        lock (_lock)
        {
            var report = device.Tick(scene, now);
            postbox.Advance(device.Life.Condition, now);
            if (report is { } said)
            {
                postbox.Send(write(said), now);
            }
        }
    }

    /// <summary>Reports values given by hand, beside its interval.</summary>
    public void Say(IReadOnlyList<KeyValuePair<Quantity, double>> values, DateTimeOffset now)
    {
        lock (_lock)
        {
            postbox.Send(write(device.Say(values, now)), now);
        }
    }
}
