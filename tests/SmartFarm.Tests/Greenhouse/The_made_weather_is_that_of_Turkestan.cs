using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_made_weather_is_that_of_Turkestan
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(5));

    [Fact]
    public void The_same_seed_gives_the_same_weather_whatever_was_asked_before()
    {
        var once = new DiurnalWeather(Place.Turkestan, seed: 7);
        var again = new DiurnalWeather(Place.Turkestan, seed: 7);
        _ = again.At(NewYear.AddDays(100));

        Assert.Equal(once.At(NewYear.AddDays(3)), again.At(NewYear.AddDays(3)));
        Assert.NotEqual(once.At(NewYear.AddDays(3)), new DiurnalWeather(Place.Turkestan, seed: 8).At(NewYear.AddDays(3)));
    }

    [Fact]
    public void A_year_lies_within_the_extremes_on_record_and_reaches_towards_them()
    {
        var hours = Hours(0, 365, seed: 1);

        Assert.All(hours, hour =>
        {
            Assert.InRange(hour.TemperatureC, -38.6, 47.9);
            Assert.InRange(hour.RelativeHumidityPercent, 1, 100);
            Assert.InRange(hour.SolarRadiation, 0, 1150);
            Assert.InRange(hour.WindSpeed, 0, 20);
            Assert.InRange(hour.WindDirection, 0, 360);
            Assert.InRange(hour.RainRate, 0, 12);
            Assert.InRange(hour.PressureHPa, 950, 1030);
        });
        Assert.InRange(hours.Min(h => h.TemperatureC), -20, -8);
        Assert.InRange(hours.Max(h => h.TemperatureC), 36, 45);
        Assert.True(hours.Max(h => h.WindSpeed) > 12, "No storm in a year.");
        Assert.True(hours.Any(h => h.RainRate > 1), "No rain in a year.");
    }

    [Fact]
    public void The_sun_stands_highest_at_solar_noon_and_a_clear_July_day_brings_what_FAO_56_says()
    {
        var noon = new DateTimeOffset(2026, 7, 15, 12, 33, 0, TimeSpan.FromHours(5));

        Assert.Equal(12, Sun.SolarHour(Place.Turkestan, noon), 0.05);
        Assert.Equal(0, Sun.ClearSkyRadiation(Place.Turkestan, noon.AddHours(12)));

        // FAO-56 eq. 21 and 37 at 43.3° N, 207 m: 30.5 MJ/m² in July, 10.0 in January.
        Assert.Equal(30.5, DaySum(noon), 0.5);
        Assert.Equal(10.0, DaySum(noon.AddMonths(-6)), 0.5);
    }

    [Fact]
    public void July_is_hot_and_dry_by_day_and_January_is_cold()
    {
        var july = Hours(181, 31, seed: 3);
        var january = Hours(0, 31, seed: 3);

        Assert.InRange(july.Average(h => h.TemperatureC), 25, 33);
        Assert.InRange(july.MinBy(h => h.RelativeHumidityPercent).RelativeHumidityPercent, 5, 25);
        Assert.InRange(january.Average(h => h.TemperatureC), -8, 2);
    }

    private static double DaySum(DateTimeOffset noon) =>
        Enumerable.Range(-720, 1440).Sum(minute => Sun.ClearSkyRadiation(Place.Turkestan, noon.AddMinutes(minute)) * 60 / 1e6);

    private static List<Outside> Hours(int fromDay, int days, int seed)
    {
        var weather = new DiurnalWeather(Place.Turkestan, seed);
        return [.. Enumerable.Range(0, days * 24).Select(hour => weather.At(NewYear.AddDays(fromDay).AddHours(hour)))];
    }
}
