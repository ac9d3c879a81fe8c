using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.InMemory;

/// <summary>Who hears what the field says: the backend's end of the wire, without the wire.</summary>
public interface IFieldListener
{
    /// <summary>A device reports.</summary>
    /// <param name="device">The device.</param>
    /// <param name="time">When it measured: by the true clock, as a backend knows it that corrects for the sender's.</param>
    /// <param name="values">In canonical units; NaN for no value.</param>
    void Measured(Device device, DateTimeOffset time, IReadOnlyList<KeyValuePair<Quantity, double>> values);

    /// <summary>A controller answers.</summary>
    void Replied(Controller controller, CommandReply reply);

    /// <summary>A controller reports its state.</summary>
    void Reported(Controller controller, ControllerState state);
}
