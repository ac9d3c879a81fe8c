using SmartFarm.Domain.Commands;

namespace SmartFarm.Simulator.Controllers;

/// <summary>Decides when a controller reports its state: at once when something has come to rest, now and then on the way, and regularly.</summary>
/// <param name="regularly">Longest time between two reports.</param>
/// <param name="onTheWay">Least time between two reports while something moves.</param>
internal sealed class StateReport(TimeSpan regularly, TimeSpan onTheWay)
{
    private ControllerState? _last;

    public bool IsDue(ControllerState state, bool isMoving, DateTimeOffset now)
    {
        var age = now - _last?.Time;
        var isDue = age is null || age >= regularly || (Differs(state, _last!) && (!isMoving || age >= onTheWay));
        if (isDue)
        {
            _last = state with { Time = now };
        }

        return isDue;
    }

    private static bool Differs(ControllerState a, ControllerState b) =>
        a.Mode != b.Mode || a.Boot != b.Boot || a.Positions.Any(p => b.Positions[p.Key] != p.Value);
}
