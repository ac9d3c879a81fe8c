using SmartFarm.Simulator;
using SmartFarm.Simulator.Replay;
using SmartFarm.Simulator.World;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class Weather_comes_from_a_file
{
    private static readonly string Sample = Repository.PathOf("simulators", "samples", "agc2022-lettuce");

    [Fact]
    public void The_shipped_week_is_weather_with_its_storm()
    {
        var weather = RecordedWeather.Table(Path.Combine(Sample, "weather.csv"), ColumnMapReader.Load(Path.Combine(Sample, "weather.map.yaml")));

        // Line of the file: 2/18/2022 13:59, local time UTC+1, in storm Eunice.
        var cells = File.ReadLines(Path.Combine(Sample, "weather.csv")).Single(line => line.StartsWith("2/18/2022 13:59,", StringComparison.Ordinal)).Split(',');
        var storm = weather.At(new DateTimeOffset(2022, 2, 18, 13, 59, 0, TimeSpan.FromHours(1)));
        Assert.Equal((double.Parse(cells[1]), double.Parse(cells[2]), double.Parse(cells[3]), double.Parse(cells[4])), (storm.TemperatureC, storm.RelativeHumidityPercent, storm.SolarRadiation, storm.WindSpeed));
        Assert.True(storm.WindSpeed > 12);
        Assert.InRange(weather.Last - weather.First, TimeSpan.FromDays(6.99), TimeSpan.FromDays(7));
        Assert.True(weather.LongestGap < TimeSpan.FromMinutes(11));
    }

    [Fact]
    public void What_is_no_weather_is_refused_in_a_sentence()
    {
        var climate = ColumnMapReader.Load(Path.Combine(Sample, "climate.map.yaml"));

        Assert.Contains("has no column of solar_radiation", Assert.Throws<SimulatorException>(() => RecordedWeather.Table(Path.Combine(Sample, "Reference_GreenhouseClimate.csv"), climate)).Message);
        Assert.Contains("no EnergyPlus weather file", Assert.Throws<SimulatorException>(() => RecordedWeather.Year(Path.Combine(Sample, "weather.csv"))).Message);
        Assert.Contains("cannot be read", Assert.Throws<SimulatorException>(() => RecordedWeather.Year(Path.Combine(Sample, "none.epw"))).Message);
    }
}
