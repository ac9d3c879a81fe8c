using MathNet.Numerics.LinearAlgebra;

namespace SmartFarm.Greenhouse.Calibration;

/// <summary>
/// How sure a least-squares estimate is when what remains is not noise but wanders, as that of a house does for hours: the covariance of W.K. Newey and K.D. West,
/// Econometrica 55 (1987), 703, with the Bartlett kernel over one day. Independent residuals would make the intervals several times too narrow.
/// </summary>
/// <param name="StandardErrors">Of each parameter; not a number for one at a bound.</param>
/// <param name="Correlations">Of the estimates; 0 with one at a bound.</param>
internal sealed record Confidence(double[] StandardErrors, double[,] Correlations)
{
    /// <summary>Step of the differences, in units of the scale of a parameter; in these units the matrices are well conditioned.</summary>
    private const double SmallStep = 1e-4;

    public static Confidence At(Vector<double> best, IReadOnlyList<FitParameter> parameters, bool[] atBound, Func<Vector<double>, Vector<double>> residuals, int lags)
    {
        var inner = Enumerable.Range(0, best.Count).Where(i => !atBound[i]).ToArray();
        var rest = residuals(best);
        var jacobian = Matrix<double>.Build.Dense(rest.Count, inner.Length);
        for (var k = 0; k < inner.Length; k++)
        {
            var step = SmallStep * parameters[inner[k]].Scale;
            jacobian.SetColumn(k, (residuals(Moved(best, inner[k], step)) - residuals(Moved(best, inner[k], -step))) / (2 * SmallStep));
        }

        var bread = jacobian.TransposeThisAndMultiply(jacobian).PseudoInverse();
        var covariance = bread * Meat(jacobian, rest, lags) * bread;
        var errors = Enumerable.Repeat(double.NaN, best.Count).ToArray();
        var correlations = new double[best.Count, best.Count];
        for (var k = 0; k < inner.Length; k++)
        {
            errors[inner[k]] = Math.Sqrt(covariance[k, k]) * parameters[inner[k]].Scale;
            for (var m = 0; m < inner.Length; m++)
            {
                correlations[inner[k], inner[m]] = covariance[k, m] / Math.Sqrt(covariance[k, k] * covariance[m, m]);
            }
        }

        return new Confidence(errors, correlations);
    }

    /// <summary>Long-run covariance of the scores. The two outputs of a moment stand half the length apart and count together.</summary>
    private static Matrix<double> Meat(Matrix<double> jacobian, Vector<double> residuals, int lags)
    {
        var moments = residuals.Count / 2;
        var scores = Matrix<double>.Build.Dense(
            moments, jacobian.ColumnCount, (i, k) => (jacobian[i, k] * residuals[i]) + (jacobian[i + moments, k] * residuals[i + moments]));
        var sum = scores.TransposeThisAndMultiply(scores);
        for (var lag = 1; lag <= Math.Min(lags, moments - 1); lag++)
        {
            var ahead = scores.SubMatrix(lag, moments - lag, 0, scores.ColumnCount);
            var behind = scores.SubMatrix(0, moments - lag, 0, scores.ColumnCount);
            var product = ahead.TransposeThisAndMultiply(behind);
            sum += (1 - ((double)lag / (lags + 1))) * (product + product.Transpose());
        }

        return sum;
    }

    private static Vector<double> Moved(Vector<double> values, int index, double by)
    {
        var moved = values.Clone();
        moved[index] += by;
        return moved;
    }
}
