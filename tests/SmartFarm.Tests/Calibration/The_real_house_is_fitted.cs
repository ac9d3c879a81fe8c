using SmartFarm.Greenhouse.Calibration;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Calibration;
using SmartFarm.Simulator.Cli;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Calibration;

/// <summary>The reference compartment of the Autonomous Greenhouse Challenge 2022.</summary>
public sealed class The_real_house_is_fitted : IDisposable
{
    private static readonly string Sample = Repository.PathOf("simulators", "samples", "agc2022-lettuce");
    private static readonly string Map = Path.Combine(Sample, "history.map.yaml");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fitted_on_two_weeks_it_follows_the_third()
    {
        if (Repository.SharedData is not { } data)
        {
            Assert.Skip("The whole data set is not beside this checkout.");
            return;
        }

        var history = History.Read(HistoryMapReader.Load(Map, Path.Combine(data, "agro", "agc2022-lettuce")));
        var begin = new DateTimeOffset(2022, 2, 10, 0, 0, 0, TimeSpan.FromHours(1));

        var result = new Calibrator().Fit(history.Between(begin, begin.AddDays(14)), new SimpleHouse());
        var unseen = Residuals.Of(result.House, history.Between(begin.AddDays(14), begin.AddDays(21)));

        Assert.True(result.Converged);
        Assert.InRange(result.House.CoverLoss, 2.5, 6);
        Assert.InRange(result.House.HeatCapacity, 3e4, 1e5);
        Assert.InRange(result.House.LightTransmission, 0.15, 0.5);
        Assert.All(result.Estimates.Where(e => !e.IsAtBound), e => Assert.True(e.StandardError > 0, e.Parameter.Name));
        Assert.InRange(result.Fit.TemperatureRmse, 0, 1.1);
        Assert.InRange(result.Fit.HumidityRmse, 0, 4.5);
        Assert.InRange(unseen.TemperatureRmse, 0, 0.6 * unseen.TemperatureSpread);
        Assert.InRange(unseen.HumidityRmse, 0, 0.85 * unseen.HumiditySpread);
    }

    [Fact]
    public void The_command_fits_the_sample_week_and_writes_what_remains()
    {
        var code = Invoke("--history", Map, "--to", "2022-02-19", "--set", "pipe_exchange=2.1", "--residuals", _folder.File("R.csv"));

        Assert.InRange(code, ExitCodes.Fine, ExitCodes.Findings);
        var rows = File.ReadAllLines(_folder.File("R.csv")).Select(line => Array.ConvertAll(line.Split(','), double.Parse)).ToList();
        Assert.Equal(2016, rows.Count);
        Assert.InRange(Math.Sqrt(rows.Take(1440).Average(r => Math.Pow(r[3] - r[1], 2))), 0, 0.8);
        Assert.InRange(Math.Sqrt(rows.Skip(1440).Average(r => Math.Pow(r[3] - r[1], 2))), 0, 1.5);
    }

    [Theory]
    [InlineData("--set names 'u_value'; the numbers of a house are cover_loss, leakage,", "--to", "2022-02-19", "--set", "u_value=3")]
    [InlineData("--set cover_loss is ''; give a number from 0.3 to 15", "--to", "2022-02-19", "--set", "cover_loss")]
    [InlineData("The time from --from to --to cannot be fitted: The history has 0 rows", "--to", "2021-01-01")]
    [InlineData("--to is 'monday'; write a moment", "--to", "monday")]
    public void What_cannot_be_fitted_is_one_sentence(string sentence, params string[] options)
    {
        var refusal = Assert.Throws<SimulatorException>(() => Invoke(["--history", Map, .. options]));

        Assert.StartsWith(sentence, refusal.Message);
    }

    private static int Invoke(params string[] options) => CalibrateCommand.Create().Parse(options).Invoke(new() { EnableDefaultExceptionHandler = false });
}
