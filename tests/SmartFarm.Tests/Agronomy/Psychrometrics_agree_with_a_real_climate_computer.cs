using SmartFarm.Agronomy;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Agronomy;

public sealed class Psychrometrics_agree_with_a_real_climate_computer
{
    [Fact]
    public void The_humidity_deficit_of_twelve_thousand_greenhouse_rows_is_within_two_hundredths_of_a_gram()
    {
        var errors = Errors("Reference_GreenhouseClimate.csv", "Tair", "Rhair", "HumDef", Psychrometrics.HumidityDeficit);

        Assert.Equal(12_359, errors.Count);
        Assert.True(errors.Max() <= 0.02, $"Largest error {errors.Max():F4} g/m³.");
    }

    [Fact]
    public void The_absolute_humidity_of_fourteen_thousand_weather_rows_is_within_eight_hundredths_of_a_gram()
    {
        var errors = Errors("weather.csv", "Tout", "Rhout", "AbsHumOut", Psychrometrics.AbsoluteHumidity);

        Assert.Equal(13_794, errors.Count);
        Assert.True(errors.Max() <= 0.08, $"Largest error {errors.Max():F4} g/m³.");
    }

    private static List<double> Errors(string file, string temperature, string humidity, string measured, Func<double, double, double> formula)
    {
        if (Repository.SharedData is not { } data)
        {
            Assert.Skip("The reference data beside the checkout is absent.");
            return [];
        }

        var lines = File.ReadAllLines(Path.Combine(data, "agro", "agc2022-lettuce", file));
        var header = lines[0].Split(',').Select(name => name.Trim()).ToList();
        int[] columns = [header.IndexOf(temperature), header.IndexOf(humidity), header.IndexOf(measured)];
        return [.. lines.Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => columns.All(column => cells[column].Length > 0))
            .Select(cells => columns.Select(column => double.Parse(cells[column])).ToArray())
            .Select(row => Math.Abs(formula(row[0], row[1]) - row[2]))];
    }
}
