using SmartFarm.Greenhouse.Calibration;

namespace SmartFarm.Simulator.Calibration;

/// <summary>A calibration in words and numbers.</summary>
internal static class CalibrationReport
{
    /// <summary>Correlations from here on are named: the two numbers are hardly told apart.</summary>
    private const double Strong = 0.9;

    public static void Write(TextWriter writer, CalibrationResult result, int leftOut)
    {
        writer.WriteLine($"{"",-24}{"estimate",12}{"± 95 %",15}");
        foreach (var estimate in result.Estimates)
        {
            var width = estimate.IsAtBound ? "at its bound" : $"{estimate.HalfWidth95:g3}";
            writer.WriteLine($"{estimate.Parameter.Name,-24}{estimate.Value,12:g4}{width,15}  {estimate.Parameter.Unit}".TrimEnd());
        }

        foreach (var (a, b, correlation) in Pairs(result))
        {
            writer.WriteLine($"{a} and {b} are hardly told apart (correlation {correlation:f2}).");
        }

        if (result.NotTold.Count > 0)
        {
            writer.WriteLine($"Kept as they were, since nothing in the history tells them: {string.Join(", ", result.NotTold)}.");
        }

        if (!result.Converged)
        {
            writer.WriteLine("The search did not come to an end; the history may be too short or too calm for so many numbers. Fix some with --set.");
        }

        if (leftOut > 0)
        {
            writer.WriteLine($"{leftOut} rows of the files were left out: no time, out of order, or an input missing for over an hour.");
        }

        Write(writer, "Fitted", result.Fit);
    }

    public static void Write(TextWriter writer, string name, Residuals r) => writer.WriteLine(
        $"{name}: {r.Rows} rows, temperature RMSE {r.TemperatureRmse:f2} K (bias {r.TemperatureBias:+0.00;-0.00}, the mean alone {r.TemperatureSpread:f2}), " +
        $"humidity RMSE {r.HumidityRmse:f1} % (bias {r.HumidityBias:+0.0;-0.0}, the mean alone {r.HumiditySpread:f1}).");

    private static IEnumerable<(string A, string B, double Correlation)> Pairs(CalibrationResult result) =>
        from a in Enumerable.Range(0, result.Estimates.Count)
        from b in Enumerable.Range(0, a)
        where Math.Abs(result.Correlations[a, b]) > Strong
        select (result.Estimates[b].Parameter.Name, result.Estimates[a].Parameter.Name, result.Correlations[a, b]);
}
