namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>A guard that a rule set in charge declared for itself has tripped.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="Text">Why, with the inputs.</param>
/// <param name="Within">How long after the promotion of the set it may undo it.</param>
/// <param name="Version">The set.</param>
public sealed record GuardTrip(string Guard, string Text, TimeSpan Within, int Version);
