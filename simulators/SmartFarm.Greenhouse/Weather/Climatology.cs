namespace SmartFarm.Greenhouse.Weather;

/// <summary>
/// The year of a place: twelve months, each holding at its middle, straight lines between. Between months the milder record of the two holds, so that no
/// day passes the record of its month. Immutable.
/// </summary>
public sealed class Climatology
{
    private readonly MonthlyClimate[] _months;

    /// <param name="months">January to December.</param>
    /// <exception cref="ArgumentException">There are not twelve months.</exception>
    public Climatology(IReadOnlyList<MonthlyClimate> months)
    {
        _months = months.Count == 12 ? [.. months] : throw new ArgumentException($"A climate has 12 months, not {months.Count}.", nameof(months));
        YearMeanC = _months.Average(month => month.MeanC);
        YearSwingC = (_months.Max(month => month.MeanC) - _months.Min(month => month.MeanC)) / 2;
    }

    /// <summary>Mean temperature of the year, °C.</summary>
    public double YearMeanC { get; }

    /// <summary>Half of the difference between the warmest and the coldest month, K.</summary>
    public double YearSwingC { get; }

    /// <summary>What is usual at a time of the year.</summary>
    public MonthlyClimate At(DateTimeOffset time)
    {
        var position = YearShare(time) * 12;
        var from = (int)Math.Floor(position - 0.5);
        return MonthlyClimate.Between(_months[(from + 12) % 12], _months[(from + 1) % 12], position - 0.5 - from);
    }

    /// <summary>Temperature of the ground a metre down, °C: half the swing of the year, five weeks late. An estimate.</summary>
    public double GroundTemperature(DateTimeOffset time) => YearMeanC + (0.5 * YearSwingC * Math.Cos(2 * Math.PI * (YearShare(time) - 0.65)));

    /// <summary>Share of the year that has passed, 0 to 1.</summary>
    private static double YearShare(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return (utc.DayOfYear - 1 + (utc.TimeOfDay.Ticks / (double)TimeSpan.TicksPerDay)) / 366;
    }
}
