using SmartFarm.Agronomy;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Pipeline.State;

/// <summary>
/// Forms a zone's climate from its sensors: the median of those that are good and fresh (of two, their mean), then the quantities
/// derived from air temperature and humidity, unless a sensor measures them.
/// </summary>
internal static class ClimateVote
{
    public static ZoneClimate Form(List<SensorSlot>?[] slots, long nowMs)
    {
        var values = new List<ClimateValue>(slots.Length);
        int sensors = 0, usable = 0;
        foreach (var quantity in Quantities.All)
        {
            if (slots[quantity.Index] is { } voters)
            {
                sensors += voters.Count;
                usable += voters.Count(s => s.IsUsable(nowMs));
                if (Vote(quantity, voters, nowMs) is { } value)
                {
                    values.Add(value);
                }
            }
        }

        Derive(values);
        values.Sort(static (a, b) => a.Quantity.Index.CompareTo(b.Quantity.Index));
        return new ZoneClimate(values, sensors == 0 ? 0 : (double)usable / sensors);
    }

    private static ClimateValue? Vote(Quantity quantity, List<SensorSlot> voters, long nowMs)
    {
        var good = voters.Where(s => s.IsUsable(nowMs)).OrderBy(s => s.Value).ToArray();
        if (good.Length > 0)
        {
            var median = (good[(good.Length - 1) / 2].Value + good[good.Length / 2].Value) / 2;
            return new ClimateValue(quantity, median, good.Max(s => s.TimeMs), true, good.Max(s => s.StaleAfterMs));
        }

        var newest = voters.MaxBy(s => s.TimeMs)!;
        return newest.TimeMs == long.MinValue ? null : new ClimateValue(quantity, newest.Value, newest.TimeMs, false, newest.StaleAfterMs);
    }

    private static void Derive(List<ClimateValue> values)
    {
        if (Find(values, Quantities.AirTemperature) is not { } temperature || Find(values, Quantities.RelativeHumidity) is not { } humidity)
        {
            return;
        }

        var timeMs = Math.Min(temperature.TimeMs, humidity.TimeMs);
        var isUsable = temperature.IsUsable && humidity.IsUsable;
        var staleAfterMs = Math.Min(temperature.StaleAfterMs, humidity.StaleAfterMs);
        Add(Quantities.Vpd, Psychrometrics.Vpd(temperature.Value, humidity.Value));
        Add(Quantities.DewPoint, Psychrometrics.DewPoint(temperature.Value, humidity.Value));
        Add(Quantities.AbsoluteHumidity, Psychrometrics.AbsoluteHumidity(temperature.Value, humidity.Value));
        Add(Quantities.HumidityDeficit, Psychrometrics.HumidityDeficit(temperature.Value, humidity.Value));

        void Add(Quantity quantity, double value)
        {
            if (double.IsFinite(value) && Find(values, quantity) is null)
            {
                values.Add(new ClimateValue(quantity, value, timeMs, isUsable, staleAfterMs));
            }
        }
    }

    private static ClimateValue? Find(List<ClimateValue> values, Quantity quantity)
    {
        foreach (var value in values)
        {
            if (ReferenceEquals(value.Quantity, quantity))
            {
                return value;
            }
        }

        return null;
    }
}
