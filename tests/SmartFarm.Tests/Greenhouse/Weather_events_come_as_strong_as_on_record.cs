using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Greenhouse.Weather.Generated;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class Weather_events_come_as_strong_as_on_record
{
    private static readonly Place Turkestan = Place.Turkestan;
    private static readonly DateTimeOffset July = new(2026, 7, 16, 12, 0, 0, TimeSpan.FromHours(5));
    private static readonly DateTimeOffset February = new(2026, 2, 15, 0, 0, 0, TimeSpan.FromHours(5));
    private static readonly DateTimeOffset April = new(2026, 4, 16, 0, 0, 0, TimeSpan.FromHours(5));

    /// <summary>Records of Kazhydromet: 47.9 °C in July 1983, −38.6 °C in February 1969.</summary>
    [Fact]
    public void The_strongest_heat_wave_and_cold_spell_reach_the_records_and_pass_them_for_no_seed()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var hot = Around(July, seed, "heat_wave", 1, TimeSpan.FromDays(6));
            var cold = Around(February, seed, "cold_spell", 1, TimeSpan.FromDays(6));

            Assert.InRange(hot.Max(o => o.TemperatureC), 47.6, 47.9);
            Assert.InRange(cold.Min(o => o.TemperatureC), -38.6, -37.9);
        }
    }

    [Fact]
    public void Chance_alone_comes_near_the_records_in_two_centuries_and_never_passes_them()
    {
        var (lowest, highest) = (0.0, 0.0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var weather = new GeneratedWeather(Turkestan, seed);
            lowest = Math.Min(lowest, Enumerable.Range(-45, 90).Min(day => weather.At(February.AddDays(day).AddHours(8)).TemperatureC));
            highest = Math.Max(highest, Enumerable.Range(-40, 80).Max(day => weather.At(July.AddDays(day).AddHours(3.5)).TemperatureC));
        }

        Assert.InRange(lowest, -38.6, -33);
        Assert.InRange(highest, 46.5, 47.9);
    }

    [Fact]
    public void A_spring_frost_is_below_zero_at_sunrise_clear_and_calm()
    {
        var (calm, frost) = Both(April, "spring_frost", 1, TimeSpan.FromDays(2), April.AddHours(6.5));

        Assert.InRange(frost.TemperatureC, -8.4, -5);
        Assert.True(frost.WindSpeed < calm.WindSpeed && frost.WindGust < calm.WindGust);
        Assert.InRange(frost.TemperatureC - frost.SkyTemperatureC, 10, 40);
        Assert.InRange(Both(April, "spring_frost", 0, TimeSpan.FromDays(2), April.AddHours(6.5)).With.TemperatureC, -0.6, 1);
    }

    [Fact]
    public void A_dust_storm_blows_darkens_and_leaves_dust_on_the_cover()
    {
        var (calm, dust) = Both(July, "dust_storm", 1, TimeSpan.FromHours(8), July);
        var storm = Around(July, seed: 1, "dust_storm", 1, TimeSpan.FromHours(8));

        Assert.Equal(22, dust.WindSpeed, 0.01);
        Assert.InRange(dust.SolarRadiation / calm.SolarRadiation, 0.28, 0.32);
        Assert.InRange(storm.Aggregate(0.0, (share, o) => CoverDust.Step(share, o, 600)), 0.15, CoverDust.Most);
    }

    [Fact]
    public void A_wind_storm_a_downpour_broken_clouds_and_gloom_are_what_their_names_say()
    {
        Assert.Equal(26, Both(July, "wind_storm", 1, TimeSpan.FromHours(8), July).With.WindSpeed, 0.01);
        Assert.True(Both(July, "wind_storm", 1, TimeSpan.FromHours(8), July).With.WindGust > 40);

        var (dry, wet) = Both(July, "downpour", 1, TimeSpan.FromHours(4), July);
        Assert.Equal(40, wet.RainRate - dry.RainRate, 0.01);
        Assert.True(wet.RelativeHumidityPercent >= 95 && wet.SolarRadiation < dry.SolarRadiation);
        var snow = WeatherEvents.Create("downpour", February, TimeSpan.FromHours(4), 1).Over(new Outside(-5, 80, 100, 2, 0, 0, 1000, 420), Turkestan, February, hold: 1);
        Assert.Equal((0, 4), (snow.RainRate, snow.SnowRate));

        var light = Around(July, seed: 1, "broken_clouds", 1, TimeSpan.FromHours(3), minutes: 1)
            .Zip(Moments(July, TimeSpan.FromHours(3), 1), (o, time) => o.SolarRadiation / Sun.ClearSkyRadiation(Turkestan, time)).ToList();
        Assert.InRange(light.Max(), 1.2, 1.2501);
        Assert.InRange(light.Min(), 0.2, 0.35);

        var (_, grey) = Both(February, "gloom", 1, TimeSpan.FromDays(3), February.AddHours(13));
        Assert.InRange(grey.SolarRadiation, 10, 60);
    }

    [Fact]
    public void An_event_comes_and_goes_without_a_jump_and_only_in_its_time()
    {
        foreach (var kind in WeatherEvents.Kinds)
        {
            var one = kind.Create(July, TimeSpan.FromHours(10), 1);
            Assert.Equal(0, one.Hold(July.AddSeconds(-1)));
            Assert.Equal(0, one.Hold(July.AddHours(10).AddSeconds(1)));
            Assert.Equal(1, one.Hold(July.AddHours(5)));
            Assert.InRange(one.Hold(July.AddMinutes(10)), 0.0001, 0.05);
        }
    }

    [Fact]
    public void What_is_no_event_is_refused_in_a_sentence()
    {
        Assert.Contains("heat_wave, cold_spell", Assert.Throws<ArgumentException>(() => WeatherEvents.Create("tornado", July, TimeSpan.FromHours(1), 1)).Message);
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentException>(() => WeatherEvents.Create("gloom", July, TimeSpan.FromHours(1), 1.1)).Message);
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentException>(() => WeatherEvents.Create("gloom", July, TimeSpan.FromHours(1), double.NaN)).Message);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => WeatherEvents.Create("gloom", July, TimeSpan.Zero, 1)).Message);
        Assert.Equal(WeatherEvents.Kinds.Count, WeatherEvents.Kinds.DistinctBy(kind => kind.Name).Count());
    }

    private static IEnumerable<DateTimeOffset> Moments(DateTimeOffset middle, TimeSpan around, double minutes) =>
        Enumerable.Range(0, (int)(around.TotalMinutes / minutes)).Select(i => middle - (around / 2) + TimeSpan.FromMinutes(minutes * i));

    private static List<Outside> Around(DateTimeOffset middle, int seed, string kind, double strength, TimeSpan duration, double minutes = 10)
    {
        var weather = With(middle, seed, kind, strength, duration);
        return [.. Moments(middle, duration, minutes).Select(weather.At)];
    }

    private static (Outside Calm, Outside With) Both(DateTimeOffset middle, string kind, double strength, TimeSpan duration, DateTimeOffset at) =>
        (new GeneratedWeather(Turkestan, seed: 1).At(at), With(middle, 1, kind, strength, duration).At(at));

    private static EventfulWeather With(DateTimeOffset middle, int seed, string kind, double strength, TimeSpan duration) =>
        new(new GeneratedWeather(Turkestan, seed), Turkestan, [WeatherEvents.Create(kind, middle - (duration / 2), duration, strength)]);
}
