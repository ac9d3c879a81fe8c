namespace SmartFarm.Domain.Readings;

/// <summary>Quality of a value, by the codes of QARTOD (IOOS).</summary>
public enum Flag : byte
{
    /// <summary>All checks that apply passed.</summary>
    Good = 1,

    /// <summary>No check applied.</summary>
    NotEvaluated = 2,

    /// <summary>Unusual; kept, shown, and not used to move anything.</summary>
    Suspect = 3,

    /// <summary>Impossible; kept, shown, and never used.</summary>
    Fail = 4,

    /// <summary>The device said that it has no value.</summary>
    Missing = 9,
}
