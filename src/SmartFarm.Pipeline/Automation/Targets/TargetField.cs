namespace SmartFarm.Pipeline.Automation.Targets;

/// <summary>A field that says where the climate should be, or how far it is from there. Not thread-safe.</summary>
/// <param name="name">Its name.</param>
/// <param name="isDistance">Whether it is a distance: that wavers with the climate, and is news only when its sign changes.</param>
internal sealed class TargetField(string name, bool isDistance = false)
{
    private double _written = double.NaN;

    public string Name => name;

    /// <summary>NaN while it is not known.</summary>
    public double Value { get; set; } = double.NaN;

    public bool IsKnown => double.IsFinite(Value);

    /// <summary>Known, and not what was written last.</summary>
    public bool IsNews => IsKnown && (isDistance && double.IsFinite(_written) ? Math.Sign(Value) != Math.Sign(_written) : Value != _written);

    public void NoteWritten() => _written = Value;
}
