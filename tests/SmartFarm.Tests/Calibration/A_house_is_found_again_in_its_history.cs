using SmartFarm.Greenhouse.Calibration;
using Xunit;

namespace SmartFarm.Tests.Calibration;

public sealed class A_house_is_found_again_in_its_history
{
    private static readonly Calibrator Calibrator = new(MadeHistory.Kept);

    [Fact]
    public void Without_noise_every_number_is_found_to_a_thousandth()
    {
        var result = Calibrator.Fit(MadeHistory.Of(days: 6, seed: 1, noise: 0), new SimpleHouse());

        Assert.True(result.Converged);
        Assert.All(result.Estimates, e => Assert.Equal(1, e.Value / e.Parameter.Get(MadeHistory.Truth), 1e-3));
        Assert.InRange(result.Fit.TemperatureRmse, 0, 1e-3);
    }

    [Fact]
    public void With_wandering_instruments_the_intervals_of_95_percent_hold_the_truth()
    {
        var all = Enumerable.Range(1, 5).SelectMany(seed => Calibrator.Fit(MadeHistory.Of(days: 6, seed, noise: 0.3, memory: 0.9), new SimpleHouse()).Estimates).ToList();

        var held = all.Count(e => Math.Abs(e.Value - e.Parameter.Get(MadeHistory.Truth)) <= e.HalfWidth95);

        // Of a few days the covariance itself is an estimate: somewhat fewer than 95 of 100 are to be expected.
        Assert.InRange(held / (double)all.Count, 0.8, 1);
    }

    [Fact]
    public void Residuals_that_wander_make_wider_intervals_than_white_noise_of_the_same_size()
    {
        var white = Calibrator.Fit(MadeHistory.Of(days: 6, seed: 2, noise: 0.3), new SimpleHouse());
        var wandering = Calibrator.Fit(MadeHistory.Of(days: 6, seed: 2, noise: 0.3, memory: 0.95), new SimpleHouse());

        Assert.All(white.Estimates.Zip(wandering.Estimates), pair => Assert.True(pair.Second.StandardError > 1.5 * pair.First.StandardError, pair.First.Parameter.Name));
    }

    [Fact]
    public void What_no_input_tells_is_kept_and_named()
    {
        var result = new Calibrator(["pipe_exchange"]).Fit(MadeHistory.Of(days: 3, seed: 3, noise: 0), new SimpleHouse { LampHeat = 77 });

        Assert.Equal(["blackout_screen_saving", "lamp_heat"], result.NotTold);
        Assert.Equal(77, result.House.LampHeat);
    }

    /// <summary>Twice the cover, the ground, the capacity, the sun and the pipes leave every temperature as it was, were it not for the heat in air and vapour.</summary>
    [Fact]
    public void Without_a_known_source_of_heat_the_size_of_the_balance_is_hardly_told()
    {
        var rows = MadeHistory.Of(days: 6, seed: 4, noise: 0.3, memory: 0.9);

        double Width(params string[] kept) => new Calibrator(kept).Fit(rows, new SimpleHouse()).Estimates.First(e => e.Parameter.Name == "heat_capacity").HalfWidth95;

        Assert.True(Width("blackout_screen_saving", "lamp_heat") > 1.2 * Width(MadeHistory.Kept));
    }

    [Fact]
    public void A_gap_and_missing_cells_do_no_harm()
    {
        var rows = MadeHistory.Of(days: 6, seed: 5, noise: 0);
        rows.RemoveRange(400, 100);
        rows[0] = rows[0] with { TemperatureC = null };
        rows[500] = rows[500] with { RelativeHumidityPercent = null };

        var result = Calibrator.Fit(rows, new SimpleHouse());

        Assert.Equal(MadeHistory.Truth.CoverLoss, result.House.CoverLoss, 0.1);
        Assert.Equal(rows.Count - 2, result.Fit.Rows);
    }

    [Fact]
    public void A_history_without_measurements_is_refused()
    {
        var rows = MadeHistory.Of(days: 1, seed: 6, noise: 0).Select(row => row with { TemperatureC = null }).ToList();

        var refusal = Assert.Throws<ArgumentException>(() => Calibrator.Fit(rows, new SimpleHouse()));

        Assert.StartsWith("The history has 0 rows with temperature and humidity", refusal.Message);
    }
}
