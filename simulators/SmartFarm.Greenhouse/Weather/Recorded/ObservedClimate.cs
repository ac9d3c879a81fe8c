using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>The climate that one year of hours shows: its months. Its records are those of the year, so events reach no further than it did.</summary>
internal static class ObservedClimate
{
    public static Climatology Of(Outside[] hours, TypicalYearSite site)
    {
        var first = new DateTime(2023, 1, 1);
        var clear = new Place(site.Latitude, site.Longitude, site.AltitudeM, new Climatology(new MonthlyClimate[12]));
        var days = hours.Chunk(24).Select((day, number) => (first.AddDays(number).Month, Clearness(day, clear, new DateTimeOffset(first.AddDays(number), site.Offset)), Air: day)).ToList();
        return new Climatology([.. days.GroupBy(day => day.Month).OrderBy(month => month.Key).Select(month => Month([.. month.Select(d => d.Air)], [.. month.Select(d => d.Item2)]))]);
    }

    private static MonthlyClimate Month(List<Outside[]> days, List<double> clearness)
    {
        var means = days.ConvertAll(day => day.Average(o => o.TemperatureC));
        var mean = means.Average();
        return new MonthlyClimate(
            mean,
            days.Average(day => day.Max(o => o.TemperatureC) - day.Min(o => o.TemperatureC)),
            Math.Sqrt(means.Average(m => (m - mean) * (m - mean))),
            days.Min(day => day.Min(o => o.TemperatureC)),
            days.Max(day => day.Max(o => o.TemperatureC)),
            days.Average(day => day.Average(o => Psychrometrics.DewPoint(o.TemperatureC, Math.Max(1, o.RelativeHumidityPercent)))),
            days.Sum(day => day.Sum(o => o.RainRate + o.SnowRate)),
            days.Count(day => day.Sum(o => o.RainRate + o.SnowRate) >= 0.1),
            clearness.Count(c => c > 0.85) / (double)days.Count,
            clearness.Count(c => c < 0.45) / (double)days.Count,
            days.Average(day => day.Average(o => o.WindSpeed)),
            DustStorms: 0);
    }

    /// <summary>Radiation of a day as a share of a clear sky's; 1 in the polar night.</summary>
    private static double Clearness(Outside[] day, Place place, DateTimeOffset midnight)
    {
        var clear = Enumerable.Range(0, 24).Sum(hour => Sun.ClearSkyRadiation(place, midnight.AddHours(hour + 0.5)));
        return clear > 0 ? day.Sum(o => o.SolarRadiation) / clear : 1;
    }
}
