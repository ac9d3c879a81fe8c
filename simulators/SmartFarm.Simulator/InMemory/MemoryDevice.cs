using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.InMemory;

/// <summary>A sensor device with its way to the backend.</summary>
internal sealed class MemoryDevice(Device device, bool isOutside, int seed, DateTimeOffset start, NodeFaults faults, Action<FieldMessage> send)
{
    private readonly SimulatedDevice _simulated = new(device, isOutside, seed, start, faults, speed: 1);
    private readonly Postbox<FieldMessage> _postbox = new(faults.OfDelivery(), message => message.Topic, send, _ => { });

    public void Tick(in Scene scene, DateTimeOffset now)
    {
        var report = _simulated.Tick(scene, now);
        _postbox.Advance(_simulated.Life.Condition, now);
        if (report is { } said)
        {
            _postbox.Send(new FieldMessage(FieldMessage.Telemetry, listener => listener.Measured(device, now, said.Values)), now);
        }
    }
}
