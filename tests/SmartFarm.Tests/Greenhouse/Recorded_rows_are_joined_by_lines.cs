using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Recorded;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class Recorded_rows_are_joined_by_lines
{
    private static readonly DateTimeOffset Start = new(2022, 2, 14, 0, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void At_a_row_it_is_the_row_and_between_two_it_is_between()
    {
        var weather = new SeriesWeather([Row(0, 4), Row(5, 6), Row(11, 0)]);

        Assert.Equal(Row(5, 6).Air, weather.At(Start.AddMinutes(5)));
        Assert.Equal(3, weather.At(Start.AddMinutes(8).ToUniversalTime()).TemperatureC, 9);
        Assert.Equal((Start, Start.AddMinutes(11), TimeSpan.FromMinutes(6)), (weather.First, weather.Last, weather.LongestGap));
    }

    [Fact]
    public void Outside_its_time_it_knows_nothing_and_says_so()
    {
        var weather = new SeriesWeather([Row(0, 4), Row(5, 6)]);

        Assert.Contains("recorded from 2022-02-13 23:00:00Z", Assert.Throws<ArgumentOutOfRangeException>(() => weather.At(Start.AddSeconds(-1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => weather.At(Start.AddMinutes(5).AddTicks(1)));
    }

    [Fact]
    public void One_row_and_rows_that_run_backwards_are_refused()
    {
        Assert.Contains("at least two rows", Assert.Throws<ArgumentException>(() => new SeriesWeather([Row(0, 4), Row(0, 5)])).Message);
        Assert.Contains("in order of time", Assert.Throws<ArgumentException>(() => new SeriesWeather([Row(5, 4), Row(0, 5)])).Message);
    }

    private static WeatherRow Row(int minute, double temperature) => new(Start.AddMinutes(minute), new Outside(temperature, 80, 0, 5, 200, 0, 1000, 420));
}
