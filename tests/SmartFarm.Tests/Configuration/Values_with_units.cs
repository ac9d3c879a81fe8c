using SmartFarm.Configuration.Values;
using Xunit;

namespace SmartFarm.Tests.Configuration;

public sealed class Values_with_units
{
    [Theory]
    [InlineData("10 s", 10)]
    [InlineData("2m", 120)]
    [InlineData("3 min", 180)]
    [InlineData("1 h 30 min", 5400)]
    [InlineData("1h30m", 5400)]
    [InlineData("0.5 h", 1800)]
    [InlineData("500 ms", 0.5)]
    [InlineData("366 d", 31622400)]
    [InlineData("PT10M", 600)]
    [InlineData("P1DT2H", 93600)]
    public void A_duration_is_read_as_people_write_it(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
        Assert.True(Durations.TryParse(Durations.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("-3 min")]
    [InlineData("min")]
    [InlineData("10 furlongs")]
    [InlineData("367 d")]
    [InlineData("1e300 d")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("-PT5M")]
    [InlineData("PT")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(Durations.TryParse(text, out _));
    }

    [Theory]
    [InlineData("207 m", 207, "m")]
    [InlineData("60%", 60, "%")]
    [InlineData("-3.5 °C", -3.5, "°C")]
    [InlineData("1e3 lx", 1000, "lx")]
    [InlineData("5e", 5, "e")]
    public void An_amount_is_a_number_and_what_follows(string text, double value, string unit)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(new Amount(value, unit), amount);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("28,5 °C")]
    [InlineData("1.2.3")]
    [InlineData("°C")]
    public void What_is_no_amount_is_refused(string text)
    {
        Assert.False(Amount.TryParse(text, out _));
    }

    [Theory]
    [InlineData("air_temprature", "air_temperature")]
    [InlineData("air-temperature", "air_temperature")]
    [InlineData("AirTemperature", "air_temperature")]
    [InlineData("co", "co2")]
    [InlineData("xyz", null)]
    public void A_misspelt_word_finds_its_neighbour(string word, string? expected)
    {
        Assert.Equal(expected, Suggestion.Nearest(word, ["air_temperature", "co2", "relative_humidity"]));
    }
}
