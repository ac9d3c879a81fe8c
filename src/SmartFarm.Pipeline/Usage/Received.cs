using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Pipeline.Usage;

/// <summary>What a square metre of a zone received, by the climate that its sensors, or those of its site, vote for. Not thread-safe.</summary>
/// <param name="source">The zone, or the devices of the site.</param>
/// <param name="quantity">A rate on an area that has an integral: radiation, light.</param>
internal sealed class Received(ZoneState source, Quantity quantity) : IUsageSource
{
    private readonly Meter _meter = new(Units.IntegralOf(quantity.Unit)!.Value.PerSecond);
    private readonly ClimateValue[] _values = new ClimateValue[Quantities.All.Count];
    private double? _sum;

    public string Basis => source.Zone is null ? $"site.{quantity.Name}" : quantity.Name;

    public void Look(Moment now)
    {
        foreach (ref readonly var value in _values.AsSpan(0, source.Peek(ClimateVote.Bit(quantity), now.SteadyMs, _values)))
        {
            if (value.Quantity == quantity && _meter.Take(value) is { } received)
            {
                _sum = (_sum ?? 0) + received;
            }
        }
    }

    public double? Take()
    {
        var sum = _sum;
        _sum = null;
        return sum;
    }
}
