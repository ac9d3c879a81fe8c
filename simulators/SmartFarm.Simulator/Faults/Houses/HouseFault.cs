using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Simulator.Faults.Houses;

/// <summary>A fault of what feeds the actuators of a house, or of the house itself: they act, report that they act, and too little follows.</summary>
internal abstract class HouseFault(FaultSettings settings) : Fault(settings)
{
    /// <summary>What reaches the house of what the actuators do.</summary>
    public abstract HouseControls Apply(HouseControls controls);

    /// <summary>What reaches the house at a moment under all faults that are there.</summary>
    public static HouseControls At(IReadOnlyList<HouseFault> faults, HouseControls controls, DateTimeOffset now)
    {
        foreach (var fault in faults)
        {
            controls = fault.Window.IsOpen(now) ? fault.Apply(controls) : controls;
        }

        return controls;
    }
}
