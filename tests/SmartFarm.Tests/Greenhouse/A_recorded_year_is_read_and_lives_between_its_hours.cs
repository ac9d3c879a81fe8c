using System.Globalization;
using System.Text;
using SmartFarm.Greenhouse.Weather.Recorded;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Greenhouse;

public sealed class A_recorded_year_is_read_and_lives_between_its_hours
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(5);

    [Fact]
    public void The_hours_of_a_weather_file_hold_at_their_ends_and_lie_on_lines_between()
    {
        var year = Read(Epw());

        // Line h of 1 January has the temperature h, and is of the moment its hour ends.
        Assert.Equal(7, year.At(At(1, 1, 7)).TemperatureC, 9);
        Assert.Equal(7.25, year.At(At(1, 1, 7.25)).TemperatureC, 9);
        Assert.Equal(43.3, year.Place.Latitude);
        Assert.Equal(990, year.At(At(3, 1, 12)).PressureHPa, 9);
        Assert.Equal(0, year.At(At(3, 1, 12)).SkyTemperatureC, 0.01);
    }

    [Fact]
    public void The_wind_turns_the_shorter_way() =>
        Assert.Equal(0, Math.IEEERemainder(Read(Epw()).At(At(1, 1, 5.5)).WindDirection, 360), 6);

    [Fact]
    public void The_radiation_of_every_hour_keeps_its_sum_and_follows_the_sun()
    {
        var year = Read(Epw());
        for (var hour = 0; hour < 24; hour++)
        {
            var mean = Enumerable.Range(0, 120).Average(part => year.At(At(6, 21, hour + ((part + 0.5) / 120))).SolarRadiation);
            Assert.Equal(hour is >= 5 and < 19 ? 400 : 0, mean, 1.5);
        }

        Assert.True(year.At(At(6, 21, 6.95)).SolarRadiation > 1.2 * year.At(At(6, 21, 6.05)).SolarRadiation);
    }

    [Fact]
    public void The_year_repeats_itself_and_a_leap_day_is_the_day_before_once_more()
    {
        var year = Read(Epw());

        Assert.Equal(year.At(At(7, 1, 9)).TemperatureC, year.At(new DateTimeOffset(2031, 7, 1, 9, 0, 0, Zone)).TemperatureC, 9);
        Assert.Equal(
            year.At(new DateTimeOffset(2028, 2, 28, 9, 0, 0, Zone)).TemperatureC, year.At(new DateTimeOffset(2028, 2, 29, 9, 0, 0, Zone)).TemperatureC, 9);
        Assert.Equal(year.At(At(3, 1, 9)).TemperatureC, year.At(new DateTimeOffset(2028, 3, 1, 9, 0, 0, Zone)).TemperatureC, 9);
        Assert.Equal(year.At(At(7, 1, 9)), year.At(At(7, 1, 9).ToUniversalTime()));
    }

    [Fact]
    public void What_a_weather_file_says_is_missing_comes_from_the_day_before()
    {
        var whole = Read(Epw());
        var gaps = Read(Epw().Replace("1990,3,5,12,60,flags,5.0,", "1990,3,5,12,60,flags,99.9,", StringComparison.Ordinal));

        Assert.Equal(whole.At(At(3, 4, 12)).TemperatureC, gaps.At(At(3, 5, 12)).TemperatureC);
        Assert.NotEqual(whole.At(At(3, 5, 12)).TemperatureC, gaps.At(At(3, 5, 12)).TemperatureC);
    }

    [Theory]
    [InlineData("LOCATION,Nowhere", "line 1: the location needs latitude")]
    [InlineData("nothing", "it is no EnergyPlus weather file")]
    [InlineData("LOCATION,a,b,c,d,e,43.3,68.25,5,207\n1990,1,1,1,60,f,x,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "line 2: 'x' in field 7 is not a number")]
    [InlineData("LOCATION,a,b,c,d,e,43.3,68.25,5,207", "has 0 hours")]
    [InlineData("LOCATION,a,b,c,d,e,43.3,68.25,5,207\nDATA PERIODS,1,4,Data", "4 intervals in an hour")]
    public void What_is_no_weather_file_is_refused_in_a_sentence(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Urumqis_year_has_the_means_that_are_published_of_it()
    {
        if (Repository.SharedData is not { } shared)
        {
            Assert.Skip("The shared data are not here.");
            return;
        }

        var year = EnergyPlusFile.Load(Path.Combine(shared, "agro", "weather-urumqi", "CHN_Xinjiang.Uygur.Urumqi.514630_CSWDEPW.csv"));
        var hours = Enumerable.Range(1, 8760).Select(hour => year.At(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddHours(hour))).ToList();

        Assert.Equal((43.78, 87.65, 935), (year.Place.Latitude, year.Place.Longitude, year.Place.AltitudeM));
        Assert.Equal(-12.4, hours[..744].Average(h => h.TemperatureC), 0.05);
        Assert.Equal(82, hours[..744].Average(h => h.RelativeHumidityPercent), 0.6);
        Assert.Equal((-25.0, 3.1), (hours[..744].Min(h => h.TemperatureC), hours[..744].Max(h => h.TemperatureC)));
        Assert.Equal(23.7, hours[4344..5088].Average(h => h.TemperatureC), 0.05);
        Assert.InRange(hours.Average(h => h.TemperatureC - h.SkyTemperatureC), 5, 25);

        var july = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(21.9, Enumerable.Range(0, 31 * 144).Sum(i => year.At(july.AddMinutes(10 * i)).SolarRadiation) * 600 / 1e6 / 31, 0.1);
        Assert.Equal(-12.4, year.Place.Climate.At(new DateTimeOffset(2026, 1, 16, 0, 0, 0, TimeSpan.Zero)).MeanC, 0.3);
    }

    private static DateTimeOffset At(int month, int day, double hour) => new DateTimeOffset(2027, month, day, 0, 0, 0, Zone).AddHours(hour);

    private static TypicalYear Read(string text)
    {
        using var reader = new StringReader(text);
        return EnergyPlusFile.Read(reader, "a.epw");
    }

    /// <summary>A year whose every day has the temperatures 1 to 24 on 1 January, and the number of the day elsewhere; 400 W/m² from 5 to 19 h.</summary>
    private static string Epw()
    {
        var text = new StringBuilder("LOCATION,Turkestan,-,KAZ,test,000000,43.3,68.25,5.0,207.0\nDESIGN CONDITIONS,0\nDATA PERIODS,1,1,Data,Sunday,1/1,12/31\n");
        for (var date = new DateTime(1990, 1, 1); date.Year == 1990; date = date.AddDays(1))
        {
            for (var hour = 1; hour <= 24; hour++)
            {
                var temperature = date.DayOfYear == 1 ? hour : date.Day;
                var radiation = hour is > 5 and <= 19 ? 400 : 0;
                var wind = hour % 2 == 0 ? 350 : 10;
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"1990,{date.Month},{date.Day},{hour},60,flags,{temperature:f1},3.0,60,99000,9999,9999,315.658,{radiation},0,0,0,0,0,0,{wind},2.5,5,5,9999,99999,9,999999999,0,0.0,0,88,0,0.0,1");
            }
        }

        return text.ToString();
    }
}
