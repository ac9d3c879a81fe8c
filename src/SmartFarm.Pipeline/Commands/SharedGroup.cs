using SmartFarm.Domain.Farms;

namespace SmartFarm.Pipeline.Commands;

/// <summary>A group at work: who takes how much of what is shared.</summary>
internal sealed class SharedGroup(ActuatorGroup group, IReadOnlyList<(ActuatorState Actuator, double Load)> members)
{
    /// <summary>Whoever wants to run asks again with every tick; who has not asked for this long has given up.</summary>
    private static readonly TimeSpan StillWaits = TimeSpan.FromSeconds(3);

    private readonly List<(ActuatorState Actuator, TimeSpan Asked)> _waiting = [];

    /// <summary>Why there is not enough for the target; null when there is. Who waits is served in the order of coming.</summary>
    public string? Objection(ActuatorState asking, double target, TimeSpan now)
    {
        if (Share(asking, target) <= Share(asking, asking.Position ?? asking.Actuator.Min))
        {
            return null;
        }

        var (taken, inUse) = (Share(asking, target) * members.First(m => m.Actuator == asking).Load, (ActuatorState?)null);
        foreach (var (other, load) in members)
        {
            if (other != asking && Takes(other) is > 0 and var share)
            {
                (taken, inUse) = (taken + (share * load), other);
            }
        }

        _waiting.RemoveAll(w => now - w.Asked > StillWaits);
        var place = _waiting.FindIndex(w => w.Actuator == asking);
        var isEnough = taken <= group.Capacity * (1 + 1e-9);
        if (isEnough && (place == 0 || _waiting.Count == 0))
        {
            _waiting.RemoveAll(w => w.Actuator == asking);
            return null;
        }

        if (place < 0)
        {
            _waiting.Add((asking, now));
        }
        else
        {
            _waiting[place] = (asking, now);
        }

        return isEnough ? $"The group '{group.Id}' has no room for it: the next is '{_waiting[0].Actuator.Name}'."
            : inUse is { Reported: null, Last: null } ? $"The group '{group.Id}' has no room as long as nobody knows where '{inUse.Name}' is."
            : $"The group '{group.Id}' has no room for it: in use by '{inUse?.Name}'.";
    }

    /// <summary>What a member takes for all that is known, as a share of its load: the most of where it is and where it was told to go; all of it while nothing is known.</summary>
    private static double Takes(ActuatorState member)
    {
        double? reported = member.Reported is { } position ? Share(member, position) : null;
        double? told = member.Last is { } last && (last.IsOpen || reported is null) ? Share(member, last.Command.Target) : null;
        return reported is null && told is null ? 1 : Math.Max(reported ?? 0, told ?? 0);
    }

    private static double Share(ActuatorState member, double position) =>
        member.Actuator.Kind == ActuatorKind.Switch ? (position >= 0.5 ? 1 : 0)
        : Math.Clamp((position - member.Actuator.Min) / (member.Actuator.Max - member.Actuator.Min), 0, 1);
}
