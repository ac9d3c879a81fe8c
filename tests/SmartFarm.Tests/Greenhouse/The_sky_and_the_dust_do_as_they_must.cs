using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class The_sky_and_the_dust_do_as_they_must
{
    [Theory]
    [InlineData(-30, 80)]
    [InlineData(0, 60)]
    [InlineData(25, 40)]
    [InlineData(45, 12)]
    public void A_clear_sky_is_much_colder_than_the_air_and_a_grey_one_a_little(double air, double humidity)
    {
        Assert.InRange(air - Sky.Temperature(air, humidity, cloud: 0), 8, 40);
        Assert.InRange(air - Sky.Temperature(air, humidity, cloud: 1), 0, 6);
        Assert.InRange(air - Sky.ClearTemperature(air), 3, 40);
    }

    [Fact]
    public void The_sky_of_a_measured_radiation_is_the_black_body_that_radiates_it() => Assert.Equal(0, Sky.Temperature(315.658), 3);

    [Fact]
    public void What_is_not_said_of_the_weather_follows_from_what_is()
    {
        var outside = new Outside(-5, 80, 0, 4, 0, 0, 1013, 420);

        Assert.Equal(Sky.ClearTemperature(-5), outside.SkyTemperatureC);
        Assert.Equal(6, outside.WindGust);
        Assert.Equal(-20, (outside with { SkyTemperatureC = -20 }).SkyTemperatureC);
    }

    [Fact]
    public void Dust_settles_and_rain_washes_it_off_in_one_step_as_in_many()
    {
        var storm = new Outside(30, 15, 200, 18, 0, 0, 1000, 420) { DustFall = 0.03 };
        var rain = new Outside(20, 90, 50, 3, 0, RainRate: 3, 1000, 420);

        var dusty = CoverDust.Step(0, storm, 6 * 3600);
        var small = Enumerable.Range(0, 360).Aggregate(0.0, (share, _) => CoverDust.Step(share, storm, 60));

        Assert.InRange(dusty, 0.13, 0.18);
        Assert.Equal(dusty, small, 12);
        Assert.InRange(CoverDust.Step(dusty, storm, 1e6), 0.399, CoverDust.Most);
        Assert.Equal(dusty * Math.Exp(-2), CoverDust.Step(dusty, rain, 2 * 3600), 12);
        Assert.Equal(dusty, CoverDust.Step(dusty, storm with { DustFall = 0 }, 1e6));
    }
}
