using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace SmartFarm.Greenhouse.Calibration;

/// <summary>
/// Fits a <see cref="SimpleHouse"/> to a recorded history by least squares (Levenberg-Marquardt): the house runs freely through the history, and the squares of what remains
/// in temperature and vapour, each over its accuracy, become least. Thread-safe.
/// </summary>
/// <param name="fixedNames">Names of parameters that keep their value.</param>
public sealed class Calibrator(IReadOnlyCollection<string> fixedNames)
{
    /// <summary>What a good instrument and a simple model may be off by: 0.5 K and 0.5 g/m³.</summary>
    private const double Accuracy = 0.5;

    private const int MostIterations = 200;

    /// <summary>A fit of everything but the heat of the pipes.</summary>
    public Calibrator()
        : this(["pipe_exchange"])
    {
    }

    /// <summary>Fits a house.</summary>
    /// <param name="rows">The history: at least some days, with nights and sun.</param>
    /// <param name="start">The house to begin from. Its ground temperature is replaced by the mean of the house over the history.</param>
    /// <exception cref="ArgumentException">No row has both temperature and humidity, or fewer rows than parameters have.</exception>
    public CalibrationResult Fit(IReadOnlyList<HistoryRow> rows, SimpleHouse start)
    {
        var measured = Enumerable.Range(0, rows.Count).Where(i => rows[i].Measured is not null).ToArray();
        var wanted = FitParameter.All.Where(p => !fixedNames.Contains(p.Name)).ToList();
        if (measured.Length <= wanted.Count)
        {
            throw new ArgumentException($"The history has {measured.Length} rows with temperature and humidity; a fit of {wanted.Count} numbers needs more.");
        }

        var free = wanted.Where(p => p.IsToldBy(rows)).ToList();
        start = start with { GroundTemperatureC = measured.Average(i => rows[i].TemperatureC!.Value) };
        var run = new HistoryRun(rows);
        var observed = Weighted(measured.Select(i => rows[i].Measured!.Value));
        Vector<double> Model(Vector<double> values, Vector<double> points)
        {
            var states = run.States(House(start, free, values));
            return Weighted(measured.Select(i => states[i]));
        }

        var objective = ObjectiveFunction.NonlinearModel(Model, Vector<double>.Build.Dense(observed.Count, i => i), observed, accuracyOrder: 2);
        var minimum = new LevenbergMarquardtMinimizer(maximumIterations: MostIterations).FindMinimum(
            objective,
            Vector<double>.Build.DenseOfEnumerable(free.Select(p => Math.Clamp(p.Get(start), p.Least + (1e-3 * p.Scale), p.Most - (1e-3 * p.Scale)))),
            Vector<double>.Build.DenseOfEnumerable(free.Select(p => p.Least)),
            Vector<double>.Build.DenseOfEnumerable(free.Select(p => p.Most)),
            Vector<double>.Build.DenseOfEnumerable(free.Select(p => p.Scale)));

        var best = minimum.MinimizingPoint;
        var house = House(start, free, best);
        var atBound = free.Select((p, i) => Math.Min(best[i] - p.Least, p.Most - best[i]) < 1e-2 * p.Scale).ToArray();
        var confidence = Confidence.At(best, free, atBound, values => Model(values, values) - observed, SamplesPerDay(rows));
        return new CalibrationResult(
            house,
            [.. free.Select((p, i) => new Estimate(p, best[i], confidence.StandardErrors[i], atBound[i]))],
            confidence.Correlations,
            Residuals.Of(house, rows),
            [.. wanted.Except(free).Select(p => p.Name)],
            minimum.Iterations < MostIterations);
    }

    private static SimpleHouse House(SimpleHouse start, List<FitParameter> free, Vector<double> values)
    {
        for (var i = 0; i < free.Count; i++)
        {
            start = free[i].With(start, values[i]);
        }

        return start;
    }

    /// <summary>Temperatures first, then vapour: two outputs of a row stand half the length apart.</summary>
    private static Vector<double> Weighted(IEnumerable<SimpleState> states)
    {
        var list = states.ToList();
        return Vector<double>.Build.Dense(2 * list.Count, i => (i < list.Count ? list[i].TemperatureC : list[i - list.Count].Vapour) / Accuracy);
    }

    private static int SamplesPerDay(IReadOnlyList<HistoryRow> rows) =>
        Math.Clamp((int)(rows.Count / Math.Max(1, (rows[^1].Time - rows[0].Time).TotalDays)), 1, rows.Count);
}
