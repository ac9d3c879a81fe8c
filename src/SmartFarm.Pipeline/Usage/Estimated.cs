using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Pipeline.Usage;

/// <summary>
/// What actuators gave or took by what they deliver when fully on, weighed by how far they were on. Where one is counts from its controller's word until the next,
/// but not while the controller is away. A time in which nobody looked counts nothing. Not thread-safe.
/// </summary>
internal sealed class Estimated : IUsageSource
{
    private const long LongestStepMs = 60_000;
    private const double MsPerHour = 3_600_000;
    private readonly Func<IReadOnlyList<ActuatorView>> _views;
    private readonly Part[] _parts;
    private long? _lookedMs;

    /// <param name="actuators">The actuators, at least one; each says what it delivers.</param>
    /// <param name="scale">From the unit they deliver in to the one wanted.</param>
    /// <param name="views">The actuators of the zone as they are now.</param>
    public Estimated(IEnumerable<Actuator> actuators, double scale, Func<IReadOnlyList<ActuatorView>> views)
    {
        (_views, _parts) = (views, [.. actuators.Select(a => new Part(a, a.Delivers!.PerHour * scale / MsPerHour))]);
        Basis = $"{string.Join(" + ", _parts.Select(p => p.Actuator.Id))}, estimated";
    }

    public string Basis { get; }

    public void Look(Moment now)
    {
        var stepMs = now.SteadyMs - _lookedMs;
        var views = _views();
        foreach (var part in _parts)
        {
            part.Look(views.FirstOrDefault(v => v.Id == part.Actuator.Id), now, stepMs is > 0 and <= LongestStepMs ? stepMs.Value : 0);
        }

        _lookedMs = now.SteadyMs;
    }

    public double? Take()
    {
        double? sum = null;
        foreach (var part in _parts)
        {
            sum = part.Sum is { } used ? (sum ?? 0) + used : sum;
            part.Sum = null;
        }

        return sum;
    }

    private sealed class Part(Actuator actuator, double perMs)
    {
        private double? _share;

        public Actuator Actuator => actuator;

        public double? Sum { get; set; }

        public void Look(ActuatorView? view, Moment now, long stepMs)
        {
            var share = view is { Reported: { } position, IsOnline: not false } ? Math.Clamp((position - actuator.Min) / (actuator.Max - actuator.Min), 0, 1) : (double?)null;
            if (stepMs > 0)
            {
                var newMs = Math.Clamp(now.SteadyMs - now.ToSteadyMs(view?.ReportedMs ?? now.WallMs), 0, stepMs);
                Add(_share, stepMs - newMs);
                Add(share, newMs);
            }

            _share = share;
        }

        private void Add(double? share, long ms)
        {
            if (share is { } known && ms > 0)
            {
                Sum = (Sum ?? 0) + (known * perMs * ms);
            }
        }
    }
}
