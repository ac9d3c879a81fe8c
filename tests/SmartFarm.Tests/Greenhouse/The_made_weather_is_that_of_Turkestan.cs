using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Generated;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_made_weather_is_that_of_Turkestan
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(5));

    [Fact]
    public void The_same_seed_gives_the_same_weather_whatever_was_asked_before()
    {
        var once = new GeneratedWeather(Place.Turkestan, seed: 7);
        var again = new GeneratedWeather(Place.Turkestan, seed: 7);
        _ = Enumerable.Range(0, 40).Select(day => again.At(NewYear.AddDays(100 - day))).ToList();

        Assert.Equal(once.At(NewYear.AddDays(3)), again.At(NewYear.AddDays(3)));
        Assert.NotEqual(once.At(NewYear.AddDays(3)), new GeneratedWeather(Place.Turkestan, seed: 8).At(NewYear.AddDays(3)));
    }

    [Fact]
    public void Many_threads_see_the_same_weather()
    {
        var shared = new GeneratedWeather(Place.Turkestan, seed: 2);
        var own = new GeneratedWeather(Place.Turkestan, seed: 2);
        var moments = Enumerable.Range(0, 4000).Select(i => NewYear.AddHours(7919 * i % 8760)).ToList();

        var seen = moments.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(shared.At).ToList();

        Assert.Equal([.. moments.Select(own.At)], seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_year_is_one_that_Turkestan_could_have(int seed)
    {
        var hours = Hours(0, 365, seed);

        Assert.All(hours, hour =>
        {
            Assert.InRange(hour.TemperatureC, -38.6, 47.9);
            Assert.InRange(hour.RelativeHumidityPercent, 4, 100);
            Assert.InRange(hour.SolarRadiation, 0, 1300);
            Assert.InRange(hour.WindSpeed, 0, 28);
            Assert.InRange(hour.WindGust, hour.WindSpeed, 45);
            Assert.InRange(hour.WindDirection, 0, 360);
            Assert.InRange(hour.RainRate + hour.SnowRate, 0, 80);
            Assert.InRange(hour.PressureHPa, 950, 1030);
            Assert.InRange(hour.TemperatureC - hour.SkyTemperatureC, -5, 45);
            Assert.InRange(hour.GroundTemperatureC, 4, 23);
        });
        Assert.InRange(hours.Min(h => h.TemperatureC), -38.6, -12);
        Assert.InRange(hours.Max(h => h.TemperatureC), 40, 47.9);
        Assert.True(hours.Max(h => h.WindGust) > 17, "No storm in a year.");
        Assert.True(hours.Any(h => h.SnowRate > 0.5), "No snow in a year.");
        Assert.True(hours.Any(h => h.DustFall > 0), "No dust in a year.");
    }

    [Fact]
    public void Twenty_years_have_the_means_the_spread_and_the_rain_of_the_climate()
    {
        var years = Enumerable.Range(1, 20).Select(seed => Hours(0, 365, seed)).ToList();

        foreach (var (firstDay, days) in new[] { (0, 31), (90, 30), (181, 31), (273, 31) })
        {
            var usual = Place.Turkestan.Climate.At(NewYear.AddDays(firstDay + (days / 2.0)));
            var means = years.Select(year => Enumerable.Range(firstDay, days).Select(day => year.GetRange(24 * day, 24).Average(h => h.TemperatureC)).ToList()).ToList();
            var all = means.SelectMany(m => m).ToList();
            var mean = all.Average();
            Assert.Equal(usual.MeanC, mean, 1.5);
            Assert.InRange(Math.Sqrt(all.Average(m => (m - mean) * (m - mean))), 0.8 * usual.DeviationC, 1.4 * usual.DeviationC);
            Assert.InRange(Correlation(means), 0.6, 0.92);
            Assert.Equal(usual.WindSpeed, years.Average(y => y.GetRange(24 * firstDay, 24 * days).Average(h => h.WindSpeed)), 0.6);
        }

        Assert.InRange(years.Average(year => year.Sum(h => h.RainRate + h.SnowRate)), 150, 280);
    }

    [Fact]
    public void The_sun_stands_highest_at_solar_noon_and_a_clear_July_day_brings_what_FAO_56_says()
    {
        var noon = new DateTimeOffset(2026, 7, 15, 12, 33, 0, TimeSpan.FromHours(5));

        Assert.Equal(12, Sun.SolarHour(Place.Turkestan, noon), 0.05);
        Assert.Equal(0, Sun.ClearSkyRadiation(Place.Turkestan, noon.AddHours(12)));

        // FAO-56 eq. 21 and 37 at 43.3° N, 207 m: 30.5 MJ/m² and a day of 14.9 h in the middle of July, 10.0 and 9.2 in January.
        Assert.Equal(30.5, DaySum(noon), 0.5);
        Assert.Equal(10.0, DaySum(noon.AddMonths(-6)), 0.5);
        Assert.Equal(14.9, 24 - (2 * Sun.SunriseHour(Place.Turkestan, noon)), 0.1);
        Assert.Equal(9.2, 24 - (2 * Sun.SunriseHour(Place.Turkestan, noon.AddMonths(-6))), 0.1);
    }

    [Fact]
    public void July_is_hot_dry_and_bright_by_day_and_January_is_cold()
    {
        var july = Enumerable.Range(1, 5).SelectMany(seed => Hours(181, 31, seed)).ToList();
        var january = Enumerable.Range(1, 5).SelectMany(seed => Hours(0, 31, seed)).ToList();

        Assert.InRange(july.Average(h => h.TemperatureC), 27, 32);
        Assert.InRange(july.Min(h => h.RelativeHumidityPercent), 5, 15);
        Assert.InRange(july.Average(h => h.SolarRadiation) * 86_400 / 1e6, 27, 30.5);
        Assert.InRange(january.Average(h => h.TemperatureC), -6, 2);
        Assert.InRange(january.Average(h => h.SolarRadiation) * 86_400 / 1e6, 5, 9);
    }

    [Fact]
    public void Another_place_has_a_year_of_its_own()
    {
        var years = Enumerable.Range(1, 5).Select(seed => new GeneratedWeather(Place.Urumqi, seed)).ToList();
        var (january, july) = (Temperatures(0), Temperatures(181));

        Assert.InRange(january.Average(), -15, -10);
        Assert.InRange(july.Average(), 22, 26);
        Assert.All(january, t => Assert.InRange(t, -32, 13));
        Assert.All(july, t => Assert.InRange(t, 3, 42));

        List<double> Temperatures(int day) => [.. years.SelectMany(year => Enumerable.Range(0, 31 * 24).Select(hour => year.At(NewYear.AddDays(day).AddHours(hour)).TemperatureC))];
    }

    [Fact]
    public void The_weather_has_no_jumps()
    {
        var weather = new GeneratedWeather(Place.Turkestan, seed: 4);
        for (var minute = 1; minute < 365 * 1440; minute += 7)
        {
            var (a, b) = (weather.At(NewYear.AddMinutes(minute)), weather.At(NewYear.AddMinutes(minute + 0.1)));
            Assert.Equal(a.TemperatureC, b.TemperatureC, 0.05);
            Assert.Equal(a.RelativeHumidityPercent, b.RelativeHumidityPercent, 1.5);
            Assert.Equal(a.WindSpeed, b.WindSpeed, 0.5);
            Assert.Equal(a.SkyTemperatureC, b.SkyTemperatureC, 0.5);
        }
    }

    [Fact]
    public void A_season_asks_for_hardly_any_memory()
    {
        var weather = new GeneratedWeather(Place.Turkestan, seed: 4);
        _ = weather.At(NewYear);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 30 * 8640; step++)
        {
            _ = weather.At(NewYear.AddSeconds(10 * step));
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 30, 0, 6000);
    }

    private static double Correlation(List<List<double>> series)
    {
        var mean = series.SelectMany(s => s).Average();
        var pairs = series.SelectMany(s => s.Zip(s.Skip(1))).ToList();
        return pairs.Sum(p => (p.First - mean) * (p.Second - mean)) / pairs.Sum(p => (p.First - mean) * (p.First - mean));
    }

    private static double DaySum(DateTimeOffset noon) =>
        Enumerable.Range(-720, 1440).Sum(minute => Sun.ClearSkyRadiation(Place.Turkestan, noon.AddMinutes(minute)) * 60 / 1e6);

    private static List<Outside> Hours(int fromDay, int days, int seed)
    {
        var weather = new GeneratedWeather(Place.Turkestan, seed);
        return [.. Enumerable.Range(0, days * 24).Select(hour => weather.At(NewYear.AddDays(fromDay).AddHours(hour)))];
    }
}
