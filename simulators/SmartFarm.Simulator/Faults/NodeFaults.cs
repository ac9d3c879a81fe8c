using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Simulator.Faults.Delivery;
using SmartFarm.Simulator.Faults.Drives;
using SmartFarm.Simulator.Faults.Nodes;
using SmartFarm.Simulator.Faults.Signals;

namespace SmartFarm.Simulator.Faults;

/// <summary>The faults of one node. A fault has a memory: each call makes new ones, for one place.</summary>
/// <param name="specs">Faults that name this node.</param>
/// <param name="seed">Seed of their chance, mixed with that of each fault.</param>
internal sealed class NodeFaults(IReadOnlyList<FaultSpec> specs, int seed)
{
    public static readonly NodeFaults None = new([], 0);

    /// <summary>Faults of supply, network, clock and key.</summary>
    public IReadOnlyList<NodeFault> OfNode() => Make<NodeFault>(specs, place: "");

    /// <summary>Faults of the way to the broker.</summary>
    public IReadOnlyList<DeliveryFault> OfDelivery() => Make<DeliveryFault>(specs, place: "");

    /// <summary>Faults of one sensor.</summary>
    public IReadOnlyList<SignalFault> OfSensor(Quantity quantity) =>
        Make<SignalFault>(specs.Where(spec => spec.Quantity is null || spec.Quantity == quantity.Name), quantity.Name);

    /// <summary>Faults of one actuator.</summary>
    public IReadOnlyList<DriveFault> OfActuator(Actuator actuator) =>
        Make<DriveFault>(specs.Where(spec => spec.Actuator is null || spec.Actuator == actuator.Id), actuator.Id);

    private List<T> Make<T>(IEnumerable<FaultSpec> concerned, string place)
        where T : IFault =>
        [.. concerned.Select(spec => FaultKinds.Find(spec).Create(spec, Seeds.Mix(seed + spec.Seed, spec.Kind, place))).OfType<T>()];
}
