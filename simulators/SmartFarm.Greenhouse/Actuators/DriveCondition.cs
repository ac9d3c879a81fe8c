namespace SmartFarm.Greenhouse.Actuators;

/// <summary>What is wrong with a drive at one moment; by default nothing. Widths are in the unit of the range.</summary>
public record struct DriveCondition()
{
    /// <summary>Speed of the motor over that of a sound one; 0: it stays, and so does a switch.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Where motor and load are jammed; null: nowhere.</summary>
    public double? JammedAt { get; set; }

    /// <summary>Whether open and close are exchanged at the motor: it runs away from the target, to the end of its range.</summary>
    public bool IsReversed { get; set; }

    /// <summary>Whether the load has no supply: a motor stays; the coil of a switch acts, and nothing happens behind it.</summary>
    public bool HasNoPower { get; set; }

    /// <summary>Whether the contact of a switch is welded: once on, the load stays on.</summary>
    public bool IsWelded { get; set; }

    /// <summary>More dead band.</summary>
    public double DeadBand { get; set; }

    /// <summary>More play between motor and load.</summary>
    public double Backlash { get; set; }

    /// <summary>A load at rest sticks until the motor is this far away from it; then it slides along.</summary>
    public double Stiction { get; set; }

    /// <summary>What the measured position shows too much, except at the end switches.</summary>
    public double PositionError { get; set; }

    /// <summary>Whether the measured position stays at its last value.</summary>
    public bool HasNoFeedback { get; set; }
}
