namespace SmartFarm.Simulator.Faults;

/// <summary>What a fault can befall.</summary>
[Flags]
public enum FaultPlace
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A sensor device, or one quantity of it.</summary>
    Device = 1,

    /// <summary>A controller, or one actuator of it.</summary>
    Controller = 2,

    /// <summary>Either kind of node: its supply, its network, its clock.</summary>
    Node = Device | Controller,

    /// <summary>A house: what its actuators are fed by.</summary>
    House = 4,
}
