using SmartFarm.Greenhouse.Actuators;

namespace SmartFarm.Simulator.Faults.Drives;

/// <summary>A fault of an actuator.</summary>
internal abstract class DriveFault(FaultSettings settings) : Fault(settings)
{
    /// <summary>Worsens the condition. Widths are in the unit of the actuator.</summary>
    public abstract void Apply(ref DriveCondition condition);

    /// <summary>The condition at a moment under all faults that are there.</summary>
    public static DriveCondition At(IReadOnlyList<DriveFault> faults, DateTimeOffset now)
    {
        var condition = new DriveCondition();
        foreach (var fault in faults)
        {
            if (fault.Window.IsOpen(now))
            {
                fault.Apply(ref condition);
            }
        }

        return condition;
    }
}
