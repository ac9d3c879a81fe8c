using SmartFarm.Domain.Commands;

namespace SmartFarm.Simulator.Controllers;

/// <summary>A controller set out to do what it was told.</summary>
/// <param name="Command">The command.</param>
/// <param name="Actuator">What it moved.</param>
/// <param name="Target">Where to.</param>
/// <param name="At">When.</param>
/// <param name="Expires">Until when it was allowed to.</param>
/// <param name="Mode">Who had it in hand.</param>
internal sealed record Act(Guid Command, string Actuator, double Target, DateTimeOffset At, DateTimeOffset Expires, ControlMode Mode);
