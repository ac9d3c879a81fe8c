using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Controllers;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>
/// What is promised of every command, watched at the controllers in every scenario: none acts twice, none after its expiry, none against a
/// person at the node, and no switch is commanded on or off before its least time is over.
/// </summary>
internal sealed class PromisesExpectation() : Expectation("No command acts twice, late, against a person, or before the least time of a switch is over.")
{
    private readonly HashSet<Guid> _acted = [];
    private readonly Dictionary<(string Zone, string Actuator), Act> _last = [];
    private string? _otherwise;

    /// <inheritdoc/>
    internal override void Look(in FieldMoment moment)
    {
        foreach (var zone in moment.Zones)
        {
            foreach (var act in zone.Acts)
            {
                var actuator = zone.Positions.First(p => p.Actuator.Id == act.Actuator).Actuator;
                _otherwise ??= Otherwise(zone.Zone, actuator, act);
                _last[(zone.Zone, act.Actuator)] = act;
            }
        }
    }

    /// <inheritdoc/>
    internal override Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken) => Task.FromResult(_otherwise);

    private string? Otherwise(string zone, Actuator actuator, Act act) =>
        !_acted.Add(act.Command) ? $"command {act.Command} moved {zone}/{act.Actuator} a second time at {act.At:O}"
        : act.At > act.Expires ? $"command {act.Command} moved {zone}/{act.Actuator} at {act.At:O}, and it had expired at {act.Expires:O}"
        : act.Mode != ControlMode.Remote ? $"command {act.Command} moved {zone}/{act.Actuator} in {act.Mode} mode"
        : TooSoon(zone, actuator, act);

    private string? TooSoon(string zone, Actuator actuator, Act act)
    {
        if (actuator.Kind != ActuatorKind.Switch || !_last.TryGetValue((zone, act.Actuator), out var before) || before.Target >= 0.5 == act.Target >= 0.5)
        {
            return null;
        }

        var least = before.Target >= 0.5 ? actuator.MinOn : actuator.MinOff;
        return act.At - before.At < least ? $"{zone}/{act.Actuator} was switched at {before.At:O} and again at {act.At:O}, and {least} is the least" : null;
    }
}
