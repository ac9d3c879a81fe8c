using SmartFarm.Agronomy;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Pipeline.State;

/// <summary>
/// Forms a zone's climate from its sensors: the median of those that are good and fresh (of two, their mean), then the quantities
/// derived from air temperature and humidity, unless a sensor measures them. Allocates nothing.
/// </summary>
internal static class ClimateVote
{
    private const int MostOnStack = 64;

    private static readonly UInt128 Sources = Bit(Quantities.AirTemperature) | Bit(Quantities.RelativeHumidity);
    private static readonly UInt128 Derived = Bit(Quantities.Vpd) | Bit(Quantities.DewPoint) | Bit(Quantities.AbsoluteHumidity) | Bit(Quantities.HumidityDeficit);

    public static UInt128 Bit(Quantity quantity) => UInt128.One << quantity.Index;

    /// <summary>What has to be voted for so that these can be derived.</summary>
    public static UInt128 WithSources(UInt128 wanted) => (wanted & Derived) == 0 ? wanted : wanted | Sources;

    /// <summary>Votes for some quantities, and for what is derived from them.</summary>
    /// <param name="slots">The sensors, by the index of their quantity.</param>
    /// <param name="wanted">Which quantities, by bit.</param>
    /// <param name="nowMs">Now, by the steady clock.</param>
    /// <param name="values">Gets the values in the order of the quantity table; has room for every quantity.</param>
    /// <returns>How many there are.</returns>
    public static int Form(List<SensorSlot>?[] slots, UInt128 wanted, long nowMs, Span<ClimateValue> values)
    {
        var derived = (wanted & Sources) == 0 ? default : Pair(slots, nowMs);
        if (derived is not null)
        {
            wanted |= Derived;
        }

        var count = 0;
        for (var i = 0; wanted != 0 && i < slots.Length; i++, wanted >>= 1)
        {
            if (((ulong)wanted & 1) != 0 && (Vote(Quantities.All[i], slots[i], nowMs) ?? Derive(Quantities.All[i], derived)) is { } value)
            {
                values[count++] = value;
            }
        }

        return count;
    }

    /// <summary>Share of the sensors that can be relied on; 0 when there are none.</summary>
    public static double Trust(List<SensorSlot>?[] slots, long nowMs)
    {
        int sensors = 0, usable = 0;
        foreach (var voters in slots)
        {
            for (var i = 0; i < voters?.Count; i++)
            {
                sensors++;
                usable += voters[i].IsUsable(nowMs) ? 1 : 0;
            }
        }

        return sensors == 0 ? 0 : (double)usable / sensors;
    }

    /// <summary>How many sensors there are, how many of them cannot be relied on, and the time of the newest good value.</summary>
    public static (int Count, int Bad, long? NewestMs) Count(List<SensorSlot>?[] slots, long nowMs)
    {
        var (count, bad, newestMs) = (0, 0, long.MinValue);
        foreach (var slot in slots.SelectMany(s => s ?? []))
        {
            count++;
            bad += slot.IsUsable(nowMs) ? 0 : 1;
            newestMs = slot.IsGood ? Math.Max(newestMs, slot.TimeMs) : newestMs;
        }

        return (count, bad, newestMs == long.MinValue ? null : newestMs);
    }

    private static ClimateValue? Vote(Quantity quantity, List<SensorSlot>? voters, long nowMs)
    {
        if (voters is null)
        {
            return null;
        }

        Span<double> good = voters.Count <= MostOnStack ? stackalloc double[MostOnStack] : new double[voters.Count];
        var (count, timeMs, staleAfterMs) = (0, long.MinValue, 0L);
        var newest = voters[0];
        foreach (var voter in voters)
        {
            if (voter.IsUsable(nowMs))
            {
                good[count++] = voter.Value;
                (timeMs, staleAfterMs) = (Math.Max(timeMs, voter.TimeMs), Math.Max(staleAfterMs, voter.StaleAfterMs));
            }

            newest = voter.TimeMs > newest.TimeMs ? voter : newest;
        }

        if (count > 0)
        {
            good[..count].Sort();
            return new ClimateValue(quantity, (good[(count - 1) / 2] + good[count / 2]) / 2, timeMs, true, staleAfterMs);
        }

        return newest.TimeMs == long.MinValue ? null : new ClimateValue(quantity, newest.Value, newest.TimeMs, false, newest.StaleAfterMs);
    }

    private static (ClimateValue Temperature, ClimateValue Humidity)? Pair(List<SensorSlot>?[] slots, long nowMs) =>
        Vote(Quantities.AirTemperature, slots[Quantities.AirTemperature.Index], nowMs) is { } temperature
        && Vote(Quantities.RelativeHumidity, slots[Quantities.RelativeHumidity.Index], nowMs) is { } humidity
            ? (temperature, humidity)
            : null;

    private static ClimateValue? Derive(Quantity quantity, (ClimateValue Temperature, ClimateValue Humidity)? pair)
    {
        if (pair is not { } both)
        {
            return null;
        }

        var (temperature, humidity) = both;
        var value = quantity == Quantities.Vpd ? Psychrometrics.Vpd(temperature.Value, humidity.Value)
            : quantity == Quantities.DewPoint ? Psychrometrics.DewPoint(temperature.Value, humidity.Value)
            : quantity == Quantities.AbsoluteHumidity ? Psychrometrics.AbsoluteHumidity(temperature.Value, humidity.Value)
            : quantity == Quantities.HumidityDeficit ? Psychrometrics.HumidityDeficit(temperature.Value, humidity.Value)
            : double.NaN;
        return double.IsFinite(value)
            ? new ClimateValue(
                quantity,
                value,
                Math.Min(temperature.TimeMs, humidity.TimeMs),
                temperature.IsUsable && humidity.IsUsable,
                Math.Min(temperature.StaleAfterMs, humidity.StaleAfterMs))
            : null;
    }
}
