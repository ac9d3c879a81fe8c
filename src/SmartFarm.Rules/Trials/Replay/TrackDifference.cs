using SmartFarm.Domain.Farms;

namespace SmartFarm.Rules.Trials.Replay;

/// <summary>How two tracks of one actuator differ, weighed by time; where one of them is not known they are not compared.</summary>
/// <param name="Agreement">Share of the time in which they are closer than the least move of the actuator.</param>
/// <param name="Mean">Mean of the first less the second, in the actuator's unit.</param>
/// <param name="MeanAbsolute">Mean distance.</param>
/// <param name="Correlation">Pearson's correlation; NaN when one of them stands still.</param>
/// <param name="Hours">Hours that were compared.</param>
/// <param name="Longest">The longest times in which they differ, longest first.</param>
public sealed record TrackDifference(double Agreement, double Mean, double MeanAbsolute, double Correlation, double Hours, IReadOnlyList<Deviation> Longest)
{
    private const double MsPerHour = 3_600_000;
    private const int MostDeviations = 5;

    /// <summary>Compares the first with the second.</summary>
    public static TrackDifference Of(Track first, Track second, Actuator actuator, long fromMs, long toMs)
    {
        var (hours, equal, sum, distance) = (0.0, 0.0, 0.0, 0.0);
        var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var near = Math.Max(actuator.MinMove, 1e-9);
        var deviations = new List<Deviation>();
        foreach (var (atMs, lengthMs, x, y) in Track.Together(first, second, fromMs, toMs))
        {
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                continue;
            }

            var h = lengthMs / MsPerHour;
            hours += h;
            sum += (x - y) * h;
            distance += Math.Abs(x - y) * h;
            (a, b, aa, bb, ab) = (a + (x * h), b + (y * h), aa + (x * x * h), bb + (y * y * h), ab + (x * y * h));
            if (Math.Abs(x - y) < near)
            {
                equal += h;
            }
            else if (deviations.Count > 0 && deviations[^1].ToMs == atMs)
            {
                deviations[^1] = deviations[^1] with { ToMs = atMs + lengthMs };
            }
            else
            {
                deviations.Add(new Deviation(atMs, atMs + lengthMs, x, y));
            }
        }

        if (hours == 0)
        {
            return new TrackDifference(double.NaN, double.NaN, double.NaN, double.NaN, 0, []);
        }

        var spread = Math.Sqrt(((aa / hours) - (a / hours * a / hours)) * ((bb / hours) - (b / hours * b / hours)));
        var correlation = spread > 1e-9 ? ((ab / hours) - (a / hours * b / hours)) / spread : double.NaN;
        return new TrackDifference(equal / hours, sum / hours, distance / hours, correlation, hours, [.. deviations.OrderByDescending(d => d.ToMs - d.FromMs).Take(MostDeviations)]);
    }
}

/// <summary>A time in which two tracks differ.</summary>
/// <param name="FromMs">Begin, Unix ms.</param>
/// <param name="ToMs">End, Unix ms.</param>
/// <param name="First">Value of the first at the begin.</param>
/// <param name="Second">Value of the second at the begin.</param>
public sealed record Deviation(long FromMs, long ToMs, double First, double Second);
