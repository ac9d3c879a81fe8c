namespace SmartFarm.Pipeline.Commands;

/// <summary>The state of a zone's rules, to be kept.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its name.</param>
/// <param name="State">What the engine wrote.</param>
public sealed record SavedZone(string Site, string Zone, byte[] State);
