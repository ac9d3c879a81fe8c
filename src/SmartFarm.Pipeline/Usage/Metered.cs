using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Pipeline.Usage;

/// <summary>
/// What the meters of a zone say. Meters of an amount are added up, each being another pipe; of an amount on an area, such as a drain station weighs, the mean
/// is taken, each being a sample of the zone. Not thread-safe.
/// </summary>
/// <param name="zone">The zone.</param>
/// <param name="quantity">A counter, or a rate that has an integral.</param>
/// <param name="areaM2">The area that an amount on an area is reckoned to; null: it is an amount.</param>
internal sealed class Metered(ZoneState zone, Quantity quantity, double? areaM2 = null) : IUsageSource
{
    private readonly double? _perSecond = Units.IntegralOf(quantity.Unit)?.PerSecond;
    private readonly List<(Meter Meter, double? Sum)> _meters = [];
    private readonly List<ClimateValue> _readings = [];

    public string Basis => areaM2 is null ? quantity.Name : $"{quantity.Name} on the area";

    public void Look(Moment now)
    {
        _readings.Clear();
        zone.PeekSensors(quantity, now.SteadyMs, _readings);
        for (var i = 0; i < _readings.Count; i++)
        {
            if (i == _meters.Count)
            {
                _meters.Add((new Meter(_perSecond), null));
            }

            var (meter, sum) = _meters[i];
            _meters[i] = (meter, meter.Take(_readings[i]) is { } used ? (sum ?? 0) + used : sum);
        }
    }

    public double? Take()
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < _meters.Count; i++)
        {
            (sum, count) = _meters[i].Sum is { } used ? (sum + used, count + 1) : (sum, count);
            _meters[i] = (_meters[i].Meter, null);
        }

        return count == 0 ? null : areaM2 is { } area ? sum / count * area : sum;
    }
}
