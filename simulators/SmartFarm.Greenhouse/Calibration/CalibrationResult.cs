namespace SmartFarm.Greenhouse.Calibration;

/// <summary>A fitted number.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Value">Its estimate.</param>
/// <param name="StandardError">Standard error; not a number at a bound.</param>
/// <param name="IsAtBound">Whether the fit ended where no house can be beyond: the history does not tell this number.</param>
public sealed record Estimate(FitParameter Parameter, double Value, double StandardError, bool IsAtBound)
{
    /// <summary>Half the width of the 95 % confidence interval.</summary>
    public double HalfWidth95 => 1.96 * StandardError;
}

/// <summary>A house fitted to its history.</summary>
/// <param name="House">The house.</param>
/// <param name="Estimates">What was fitted, with its confidence.</param>
/// <param name="Correlations">Correlation of the estimates, in their order: near ±1 only a combination of the two is told.</param>
/// <param name="Fit">What remains over the fitted history.</param>
/// <param name="NotTold">What was not fitted because no input of the history tells it.</param>
/// <param name="Converged">Whether the search came to an end before its limit of iterations.</param>
public sealed record CalibrationResult(
    SimpleHouse House, IReadOnlyList<Estimate> Estimates, double[,] Correlations, Residuals Fit, IReadOnlyList<string> NotTold, bool Converged);
