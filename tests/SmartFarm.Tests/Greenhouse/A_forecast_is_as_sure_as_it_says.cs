using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Forecasts;
using SmartFarm.Greenhouse.Weather.Generated;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class A_forecast_is_as_sure_as_it_says
{
    private static readonly DateTimeOffset Start = new(2026, 1, 3, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_truth_lies_as_often_in_an_interval_as_the_forecast_says()
    {
        foreach (var days in new[] { 1, 3, 7 })
        {
            var all = Cases(days).ToList();
            Assert.InRange(Share(all, c => Within(c.Outlook.TemperatureC, c.Truth.TemperatureC)), 0.72, 0.88);
            Assert.InRange(Share(all, c => Within(c.Outlook.WindSpeed, c.Truth.WindSpeed)), 0.68, 0.90);
        }
    }

    [Fact]
    public void Its_error_grows_with_the_lead_from_none_to_that_of_the_climate_and_it_is_not_biased()
    {
        var errors = new[] { 0.0, 1, 3, 7, 60 }.Select(days => Cases(days).Select(c => c.Outlook.TemperatureC.Mean - c.Truth.TemperatureC).ToList()).ToList();
        var sizes = errors.ConvertAll(e => Math.Sqrt(e.Average(x => x * x)));

        Assert.Equal(0, sizes[0], 1e-9);
        Assert.Equal(sizes.Order(), sizes);
        Assert.InRange(sizes[1], 0.5, 1.6);
        Assert.InRange(sizes[4], 3.5, 7.5);
        Assert.InRange(errors[2].Average(), -0.5, 0.5);
        Assert.InRange(sizes[2] / Cases(3).Average(c => c.Outlook.TemperatureC.Deviation), 0.8, 1.25);
    }

    [Fact]
    public void The_truth_could_be_any_of_the_members()
    {
        const int Members = 9;
        var ranks = Cases(4).Select(c => Enumerable.Range(0, Members).Count(m => c.Forecast.Member(c.Issued, c.Valid, m).TemperatureC < c.Truth.TemperatureC)).ToList();

        for (var rank = 0; rank <= Members; rank++)
        {
            Assert.InRange(ranks.Count(r => r == rank) / (double)ranks.Count, 0.04, 0.17);
        }
    }

    [Fact]
    public void A_new_forecast_differs_little_from_the_one_before()
    {
        var (weather, valid) = (new GeneratedWeather(Place.Turkestan, seed: 1), Start.AddDays(20));
        var forecast = new EnsembleForecast(weather, Place.Turkestan, seed: 1);

        for (var hour = 0; hour < 10 * 24; hour++)
        {
            var (earlier, later) = (forecast.At(Start.AddDays(10).AddHours(hour), valid), forecast.At(Start.AddDays(10).AddHours(hour + 1), valid));
            Assert.Equal(earlier.TemperatureC.Mean, later.TemperatureC.Mean, 2.0);
            Assert.True(later.TemperatureC.Deviation <= earlier.TemperatureC.Deviation);
        }
    }

    [Fact]
    public void A_member_is_weather_that_can_be()
    {
        foreach (var c in Cases(5))
        {
            var member = c.Forecast.Member(c.Issued, c.Valid, 3);
            Assert.InRange(member.RelativeHumidityPercent, 0, 100);
            Assert.InRange(member.SolarRadiation, 0, 1.1 * Sun.ClearSkyRadiation(Place.Turkestan, c.Valid));
            Assert.InRange(member.WindSpeed, 0, 40);
        }
    }

    [Theory]
    [InlineData(0.001, -3.090232306)]
    [InlineData(0.1, -1.281551566)]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.999, 3.090232306)]
    public void The_quantiles_are_those_of_the_tables(double probability, double expected) => Assert.Equal(expected, NormalDistribution.Quantile(probability), 7);

    [Fact]
    public void No_forecast_is_for_the_past_and_no_quantile_for_certainty()
    {
        var forecast = new EnsembleForecast(new GeneratedWeather(Place.Turkestan, seed: 1), Place.Turkestan, seed: 1);

        Assert.Contains("which is before", Assert.Throws<ArgumentOutOfRangeException>(() => forecast.At(Start, Start.AddHours(-1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => forecast.At(Start, Start).TemperatureC.Quantile(1));
    }

    private static bool Within(Expectation expected, double truth) => truth >= expected.Quantile(0.1) && truth <= expected.Quantile(0.9);

    private static double Share<T>(List<T> all, Func<T, bool> isSo) => all.Count(isSo) / (double)all.Count;

    /// <summary>Forecasts for four hundred moments of many winters, days apart.</summary>
    private static IEnumerable<Case> Cases(double days)
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var weather = new GeneratedWeather(Place.Turkestan, seed);
            var forecast = new EnsembleForecast(weather, Place.Turkestan, seed);
            for (var i = 0; i < 10; i++)
            {
                var valid = Start.AddDays(5.5 * i).AddHours(i);
                yield return new Case(forecast, valid.AddDays(-days), valid, forecast.At(valid.AddDays(-days), valid), weather.At(valid));
            }
        }
    }

    private sealed record Case(EnsembleForecast Forecast, DateTimeOffset Issued, DateTimeOffset Valid, Outlook Outlook, Outside Truth);
}
