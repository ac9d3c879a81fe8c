using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>The field after a step, as it really is.</summary>
/// <param name="Since">How long after the start.</param>
/// <param name="Zones">Its houses.</param>
internal readonly record struct FieldMoment(TimeSpan Since, IReadOnlyList<ZoneTruth> Zones);

/// <summary>A house as it really is.</summary>
/// <param name="Zone">Its name.</param>
/// <param name="Scene">Its climate.</param>
/// <param name="Positions">Where its actuators are.</param>
/// <param name="Acts">What its controllers set out to do in this step.</param>
internal sealed record ZoneTruth(string Zone, Scene Scene, IReadOnlyList<(Actuator Actuator, double Position)> Positions, IReadOnlyList<Act> Acts);
