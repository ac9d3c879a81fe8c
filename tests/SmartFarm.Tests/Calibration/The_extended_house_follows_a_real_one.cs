using SmartFarm.Greenhouse.Calibration;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Simulator.Calibration;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Calibration;

/// <summary>
/// Driven by the recorded weather and actuators of the reference compartment of the Autonomous Greenhouse Challenge 2022. What remains is written out, as docs/simulator.md has it.
/// </summary>
public sealed class The_extended_house_follows_a_real_one(ITestOutputHelper output)
{
    private static readonly string Sample = Repository.PathOf("simulators", "samples", "agc2022-lettuce");
    private static readonly DateTimeOffset February = new(2022, 2, 1, 0, 0, 0, TimeSpan.FromHours(1));

    /// <summary>The glasshouse, with the leakage of the fitted simple house, and vents, leaves and lamps as they fit 21 February to 6 March.</summary>
    private static readonly HouseParameters Compartment = HouseParameters.Glass with
    {
        Cover = HouseParameters.Glass.Cover with { Leakage = 3e-5 },
        Vents = HouseParameters.Glass.Vents with { RoofArea = 0.029 },
        Crop = HouseParameters.Glass.Crop with { LeafAreaIndex = 0.77 },
        Light = HouseParameters.Glass.Light with { LampPower = 42 },
    };

    /// <summary>14 to 20 February, storm Eunice included.</summary>
    [Fact]
    public void The_measured_week_of_the_sample_is_followed()
    {
        var rows = History.Read(HistoryMapReader.Load(Path.Combine(Sample, "history.map.yaml"))).Rows;

        var (asItComes, fitted) = (Rest("glass as it comes", HouseParameters.Glass, rows), Rest("compartment", Compartment, rows));

        Assert.InRange(fitted.TemperatureRmse, 0, 1.6);
        Assert.InRange(fitted.HumidityRmse, 0, 8.5);
        Assert.True(fitted.TemperatureRmse < 0.75 * asItComes.TemperatureRmse);
        Assert.True(fitted.TemperatureRmse < 0.75 * fitted.TemperatureSpread);
    }

    [Theory]
    [InlineData(20, 14, 1.7, 0.65)]
    [InlineData(34, 7, 2.0, 0.6)]
    public void Weeks_of_the_whole_record_are_followed(int firstDay, int days, double most, double share)
    {
        if (Repository.SharedData is not { } data)
        {
            Assert.Skip("The whole data set is not beside this checkout.");
            return;
        }

        var history = History.Read(HistoryMapReader.Load(Path.Combine(Sample, "history.map.yaml"), Path.Combine(data, "agro", "agc2022-lettuce")));

        var rest = Rest($"{days} days from {February.AddDays(firstDay):d MMMM}", Compartment, history.Between(February.AddDays(firstDay), February.AddDays(firstDay + days)));

        Assert.InRange(rest.TemperatureRmse, 0, Math.Min(most, share * rest.TemperatureSpread));
        Assert.InRange(rest.HumidityRmse, 0, 10);
    }

    private Residuals Rest(string name, HouseParameters house, IReadOnlyList<HistoryRow> rows)
    {
        var rest = Residuals.Of(rows, new ExtendedRun(new HouseModel(house), groundTemperatureC: 14).States(rows));
        output.WriteLine($"{name}: {rest}");
        return rest;
    }
}
